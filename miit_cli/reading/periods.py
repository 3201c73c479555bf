"""Another name of ``times``, for modules that still import it."""

from miit_cli.reading.times import Clock, chinese, english, find

__all__ = ["Clock", "chinese", "english", "find"]
