"""Another name of ``numbers``, for modules that still import it."""

from miit_cli.reading.numbers import chinese, chinese_number, declared, english, english_number, find, outside

__all__ = ["chinese", "chinese_number", "declared", "english", "english_number", "find", "outside"]
