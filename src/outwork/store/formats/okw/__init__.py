"""Open Know-Where: records of places that make things, as facility manifests, registers and tables of version 1.

Facts of the format: https://github.com/iop-alliance (schema of version 1).
"""

from outwork.store.formats.okw.manifest import gather, is_one
from outwork.store.formats.okw.writing import written

__all__ = ["gather", "is_one", "written"]
