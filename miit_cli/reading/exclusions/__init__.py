"""What a number cannot be, by rules that hold whatever was learned."""

from miit_cli.reading.exclusions.things import GENERAL, Exclusions

__all__ = ["GENERAL", "Exclusions"]
