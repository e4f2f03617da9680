"""What the comparison asks of Anki: make a collection, open it, answer cards, work out memory states anew."""

import random
import statistics
import sys
import time

from anki.collection import AddNoteRequest, Collection
from anki.decks import UpdateDeckConfigs
from anki.scheduler.v3 import CardAnswer

DAY = 86_400
YEARS_OF_REVIEWS = 2 * 365


def make(path: str, cards: int, reviews: int) -> None:
    """A collection of so many cards, all learned, with their reviews spread over two years."""
    col = Collection(path)
    add_cards(col, cards)
    col.close()
    col = Collection(path)
    add_reviews(col, reviews)
    set_fsrs(col, True)
    col.close()


def add_cards(col: Collection, cards: int) -> None:
    basic = col.models.by_name("Basic")
    for start in range(0, cards, 10_000):
        requests = []
        for number in range(start, min(start + 10_000, cards)):
            note = col.new_note(basic)
            note["Front"] = f"Question {number}: which of the services of the region does case {number} need?"
            note["Back"] = f"Service {number}"
            requests.append(AddNoteRequest(note=note, deck_id=1))
        col.add_notes(requests)


def add_reviews(col: Collection, reviews: int) -> None:
    """Straight into Anki's tables: answering them one by one would take hours."""
    rng = random.Random(1)
    ids = col.db.list("select id from cards order by id")
    now = int(time.time())
    rows = []
    for place, card in enumerate(ids):
        count = reviews // len(ids) + (place < reviews % len(ids))
        rows.extend(reviews_of(rng, card, count, now))
    # A review's id is its millisecond, and there is only one of each.
    rows.sort(key=lambda row: row[0])
    last = 0
    unique = []
    for at, *rest in rows:
        last = max(at, last + 1)
        unique.append((last, *rest))
    each = max(1, reviews // max(1, len(ids)))
    col.db.transact(lambda: insert_reviews(col, unique, each))


def insert_reviews(col: Collection, rows: list[tuple], each: int) -> None:
    col.db.executemany("insert into revlog values (?,?,-1,?,?,?,2500,5000,?)", rows)
    col.db.execute(
        "update cards set type=2, queue=2, ivl=10, factor=2500, reps=?, due=?-abs(random()%20)",
        each,
        col.sched.today,
    )


def reviews_of(rng: random.Random, card: int, count: int, now: int):
    """The first is learning, the others are reviews; days apart, the last before today."""
    days = sorted(rng.sample(range(1, YEARS_OF_REVIEWS), min(count, YEARS_OF_REVIEWS - 1)), reverse=True)
    for nth, days_ago in enumerate(days):
        at = (now - days_ago * DAY) * 1000 + rng.randrange(1_000_000)
        ease = 3 if rng.random() < 0.85 else 1
        yield (at, card, ease, 10, 5, 0 if nth == 0 else 1)


def set_fsrs(col: Collection, enabled: bool) -> float:
    """Turning FSRS on works out every card's memory state from its reviews; the seconds that it took."""
    current = col.decks.get_deck_configs_for_update(1)
    configs = [entry.config for entry in current.all_config]
    for config in configs:
        config.config.reviews_per_day = 9999
        config.config.new_per_day = 9999
    request = UpdateDeckConfigs(
        target_deck_id=1,
        configs=configs,
        mode=0,
        limits=current.current_deck.limits,
        fsrs=enabled,
    )
    started = time.perf_counter()
    col.decks.update_deck_configs(request)
    return time.perf_counter() - started


def open_and_close(path: str) -> None:
    """Opens the collection, and no more."""
    Collection(path).close()


def answer(path: str, count: int) -> None:
    """Answers cards; prints the median seconds of answer_card alone."""
    col = Collection(path)
    col.decks.select(1)
    seconds = []
    for _ in range(count):
        queued = col.sched.get_queued_cards().cards[0]
        card = col.get_card(queued.card.id)
        card.start_timer()
        reply = col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
        started = time.perf_counter()
        col.sched.answer_card(reply)
        seconds.append(time.perf_counter() - started)
    col.close()
    print(statistics.median(seconds))


def recompute(path: str) -> None:
    """Prints the seconds that all memory states took, and how many reviews there are."""
    col = Collection(path)
    set_fsrs(col, False)
    print(set_fsrs(col, True))
    with_state = col.db.scalar("select count() from cards where data like '%\"s\":%'")
    print(f"{col.db.scalar('select count() from revlog')} reviews, {with_state} states", file=sys.stderr)
    col.close()


def main() -> None:
    match sys.argv[1:]:
        case ["make", path, cards, reviews]:
            make(path, int(cards), int(reviews))
        case ["open", path]:
            open_and_close(path)
        case ["answer", path, count]:
            answer(path, int(count))
        case ["recompute", path]:
            recompute(path)
        case _:
            sys.exit("anki_probe.py make PATH CARDS REVIEWS | open PATH | answer PATH COUNT | recompute PATH")


if __name__ == "__main__":
    main()
