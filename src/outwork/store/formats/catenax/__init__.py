"""Catena-X: the aspect model ManufacturingCapability, versions 3.0 and 3.1, as JSON (CX-0115).

Facts of the format: https://github.com/eclipse-tractusx/sldt-semantic-models, io.catenax.manufacturing_capability.
"""

from outwork.store.formats.catenax.aspect import gather, is_one
from outwork.store.formats.catenax.writing import written

__all__ = ["gather", "is_one", "written"]
