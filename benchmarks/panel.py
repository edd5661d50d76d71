"""How long a reader waits at a question's panel: one step is the answer to other parameters, a figure of it
and its picture, as the panel's own process makes them (`spacesec.explore.computing`).

    python benchmarks/panel.py [QUESTION ...]

Seconds are the processor's, after a first step at the defaults. A slider is one parameter turned alone, to
every value that the page of a light question could offer.
"""

import gc
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

from spacesec.collection import knobs, processes
from spacesec.collection.questions import all_questions, named
from spacesec.drawing import figures
from spacesec.errors import SpacesecError


@dataclass(frozen=True)
class Steps:
    """Processor seconds: of a step at the defaults with each figure, and of each slider with the first
    figure.
    """

    defaults: dict[str, float]
    sliders: dict[str, float]


def measured(question: Any) -> Steps:
    module = question.module
    step(module, {}, module.FIGURES[0])
    gc.freeze()
    defaults = {draw.__name__: step(module, {}, draw) for draw in module.FIGURES}
    sliders = {}
    for name in module.Parameters.model_fields:
        for value in knobs.values(module.Parameters, name):
            try:
                sliders[f"{name} = {value}"] = step(module, {name: value}, module.FIGURES[0])
            except SpacesecError:  # a figure that these parameters leave nothing to draw
                continue
    return Steps(defaults, sliders)


def step(module: Any, parameters: dict[str, Any], draw: Any) -> float:
    started = time.process_time()
    figures.preview(draw(module.answer(module.Parameters.of(parameters))))
    return time.process_time() - started


def page(found: dict[str, Steps]) -> list[str]:
    """The rows of a Markdown table: each question's median and slowest step, the slowest questions first."""
    lines = ["| question | median step, s | slowest slider, s | which |", "| --- | ---: | ---: | --- |"]
    for name, steps in sorted(found.items(), key=lambda one: -max(one[1].sliders.values())):
        slowest = max(steps.sliders, key=steps.sliders.__getitem__)
        middle = statistics.median([*steps.defaults.values(), *steps.sliders.values()])
        lines.append(f"| {name} | {middle:.2f} | {steps.sliders[slowest]:.2f} | {slowest} |")
    return lines


def summary(found: dict[str, Steps]) -> dict[str, float]:
    middles = [statistics.median([*one.defaults.values(), *one.sliders.values()]) for one in found.values()]
    return {
        "median of the questions": statistics.median(middles),
        "slowest at the defaults": max(max(one.defaults.values()) for one in found.values()),
        "slowest slider": max(max(one.sliders.values()) for one in found.values()),
    }


def every(names: list[str]) -> dict[str, Steps]:
    questions = named(names) if names else all_questions()
    found = {}
    for name, steps in processes.each(measured, {one.name: (one,) for one in questions}, 2):
        found[name] = steps
        print(f"  {name}: slowest slider {max(steps.sliders.values()):.2f} s", flush=True)
    return found


if __name__ == "__main__":
    steps = every(sys.argv[1:])
    print("\n".join(page(steps)))
    for words, seconds in summary(steps).items():
        print(f"{words}: {seconds:.2f} s")
