"""Open Know-How: manifests of designs, version 1 (YAML) in its many writings and version 2 (TOML).

Facts of the format: https://github.com/iop-alliance/OpenKnowHow (template: CC0-1.0).
"""

from outwork.store.formats.okh.manifest import gather, is_one, may_be_one
from outwork.store.formats.okh.writing import written

__all__ = ["gather", "is_one", "may_be_one", "written"]
