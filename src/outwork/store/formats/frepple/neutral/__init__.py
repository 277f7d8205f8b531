"""frePPLe's model as values: one frozen class for each kind of record, whichever file it came from.

Every field says what becomes of it: most are translated, those made with `lost(default, why)` are not, and `typed` lists a
loss wherever one of them holds more than its default. Durations are `timedelta`, days and hours `datetime`, both without
a time zone as in frePPLe. Names refer to other records. A blank is None where frePPLe tells blank and zero apart.
"""

from outwork.store.formats.frepple.neutral.model import NAMED, TYPES, Model
from outwork.store.formats.frepple.neutral.operation import Dependency, Flow, Load, Operation, Suboperation
from outwork.store.formats.frepple.neutral.resource import Bucket, Calendar, Resource, ResourceSkill, SetupMatrix, Skill
from outwork.store.formats.frepple.neutral.supply import Buffer, Demand, ItemDistribution, ItemSupplier, Order
from outwork.store.formats.frepple.neutral.thing import Customer, Item, Location, Supplier

__all__ = [
    "NAMED", "TYPES", "Bucket", "Buffer", "Calendar", "Customer", "Demand", "Dependency", "Flow", "Item", "ItemDistribution",
    "ItemSupplier", "Load", "Location", "Model", "Operation", "Order", "Resource", "ResourceSkill", "SetupMatrix", "Skill",
    "Suboperation", "Supplier",
]  # fmt: skip
