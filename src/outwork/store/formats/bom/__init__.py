"""Bills of material: tables of any office (CSV, TSV, workbook) and what KiCad writes (netlist, schematic).

read(Path("board.csv")).build(gathering, "board")
"""

from outwork.store.formats.bom.bill import Bill
from outwork.store.formats.bom.reading import looks, read
from outwork.store.formats.bom.writing import written

__all__ = ["Bill", "looks", "read", "written"]
