"""InvenTree's catalogue: parts, bills of material, supplier parts with price breaks, stock and orders.

    converted = convert(read(Path("inventree.json.gz")))

Facts of the format: https://docs.inventree.org. Nothing of InvenTree itself is used.
"""

from outwork.store.formats.inventree.catalogue import Catalogue, read
from outwork.store.formats.inventree.convert import Options, convert

__all__ = ["Catalogue", "Options", "convert", "read"]
