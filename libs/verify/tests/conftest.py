from hypothesis import settings

# The time that an example takes depends on the machine.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")
