"""The same neutral report, made by other programs: what people would use instead of this one."""
