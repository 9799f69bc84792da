"""Measured values, and how they are told."""
import statistics


class Sample:
    """Values of one thing, measured several times."""

    def __init__(self, values):
        self.values = values

    @property
    def median(self):
        return statistics.median(self.values)

    def at(self, share):
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def text(self, unit=1.0, form="{:.3f}"):
        low, high = min(self.values), max(self.values)
        return " ".join([form.format(self.median * unit), f"[{form.format(low * unit)}–{form.format(high * unit)}]"])

    def over(self, other):
        """The ratios of each round, since both were measured right after one another."""
        return Sample([mine / yours for mine, yours in zip(self.values, other.values)])


class Report:
    def __init__(self):
        self.figures = {}

    def say(self, name, text, **figures):
        self.figures[name] = figures
        print(f"  {name:<46} {text}", flush=True)
