"""Reads every calendar of a built portal with icalendar and compares each time that something takes place with the content.

    calendars.py FILE    (`node calendars.mjs DIR --work FOLDER …` writes it: FOLDER/truth.json)
"""

import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

SHOWN = 20


class Checks:
    """Checks, each a sentence with the faults found; printed as the other judges print theirs."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, sentence, faults, measured):
        if not faults:
            self.passed += 1
            print(f"  ok    {sentence} ({measured})")
            return
        self.failed += 1
        print(f"  FAIL  {sentence} ({measured}): {len(faults)} faults")
        for fault in faults[:SHOWN]:
            print(f"          {fault}")

    def finish(self):
        print(f"calendars: {self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def local(moment):
    """A time as the content writes it; a day for what takes whole days."""
    return moment.strftime("%Y-%m-%dT%H:%M") if isinstance(moment, datetime) else moment.isoformat()


def instances(calendar):
    """Each time that something takes place, with its event."""
    events = list(calendar.walk("VEVENT"))
    known = {str(event["UID"]) for event in events if "RECURRENCE-ID" not in event}
    # What stands for one of something that is not here takes place by itself.
    alone = [event for event in events if str(event["UID"]) not in known]
    found = [event for event in recurring_ical_events.of(calendar).between(date(1900, 1, 1), date(2100, 12, 31)) if str(event["UID"]) in known]
    return found + alone


def told(event):
    name = ".".join(str(event["UID"]).split(".")[:2])
    return f"{name} {local(event.start)} {local(event.end)} {event['STATUS']}"


class Judge:
    """Reads the calendars of portals and collects the faults."""

    def __init__(self):
        self.unread, self.wrong, self.clocks, self.texts = [], [], [], []
        self.calendars = self.times = 0

    def portal(self, folder, zone, truth):
        for path in sorted((folder / "calendars").rglob("*.ics")):
            self.calendars += 1
            name = path.relative_to(folder).as_posix()
            try:
                calendar = icalendar.Calendar.from_ical(path.read_bytes())
                found = instances(calendar)
            except Exception as error:  # whatever a parser says
                self.unread.append(f"{name}: {error!r}")
                continue
            self.unread += [f"{name}: {error}" for component in calendar.walk() for error in component.errors]
            made, said = Counter(map(told, found)), Counter(truth.get(name, []))
            self.times += sum(made.values())
            self.wrong += [f"{name}: not in the content: {one}" for one in made - said]
            self.wrong += [f"{name}: lacking: {one}" for one in said - made]
            times = [event.start for event in found if isinstance(event.start, datetime)]
            self.clocks += [f"{name}: {at}" for at in times if at.utcoffset() != at.replace(tzinfo=zone).utcoffset()]
            self.texts += [f"{name}: {event['UID']}" for event in calendar.walk("VEVENT") if not is_told(event)]


def is_told(event):
    texts = [str(event.get(key, "")) for key in ("SUMMARY", "DESCRIPTION")]
    return all(texts) and not any(ord(c) < 32 and c != "\n" for c in "".join(texts))


def main():
    judge = Judge()
    for portal in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        judge.portal(Path(portal["portal"]), ZoneInfo(portal["zone"]), portal["calendars"])
    checks = Checks()
    checks.that("icalendar reads every calendar", judge.unread, f"{judge.calendars} calendars")
    checks.that("it finds each time that the content says, and no other", judge.wrong, f"{judge.times} times")
    checks.that("every time has the clocks of the site's zone", judge.clocks, f"{judge.times} times")
    checks.that("every event has a title and a text without control characters", judge.texts, f"{judge.calendars} calendars")
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
