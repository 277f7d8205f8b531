"""SAPIENT, the interface of sensors and fusion nodes of BSI Flex 335 version 2: both ways, and judged.

`interface/` states the messages; `make protos` compiles them into `sapient.binpb`, from which the classes are made at run time.
"""
