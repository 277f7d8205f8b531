"""Order promising: how many more can be had by a day, when all of them, and what that costs.

`beside` answers at once, from what the plan leaves; `around` looks for better, with what is planned moved. Either way nobody
waits: every demand of the plan gets as many on time, and all that it gets as early, as the plan says.
"""

from outwork.plan.promising.around import around
from outwork.plan.promising.asked import Ask, Offer, Promised, plain
from outwork.plan.promising.beside import beside

__all__ = ["Ask", "Offer", "Promised", "around", "beside", "plain"]
