"""How a language writes: dates, money, lists, order, interface words. Knows nothing of sites."""
