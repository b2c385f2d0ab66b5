"""The steps from each released schema to the next, one module a step.

Each is frozen once it is released: literal SQL, and no import of today's tables or rules.
"""
