"""Property tests search for wrong answers, not for slow ones: a busy machine must not turn them red."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
