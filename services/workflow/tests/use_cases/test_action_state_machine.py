"""Whatever people do in whatever order, at once or one after another: no gap, no fork, an intact chain."""

import json
from contextlib import suppress

from countersign_common.chain import Evidence, verify
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from workflow_service.domain.errors import Refused
from workflow_service.domain.workflow import Action, ActionType, Status
from workflow_service.use_cases.act import act
from workflow_service.use_cases.create_workflow import create_workflow
from workflow_service.use_cases.relay_outbox import relay_outbox

from ..builders import BO, CLEO, EVERYBODY, RITA, an_origin
from ..fakes import Office

people = st.sampled_from(EVERYBODY)
# Mostly those who can do something, so that workflows get somewhere.
actors = st.sampled_from([RITA, BO, CLEO]) | people
changes = st.tuples(st.sampled_from(["Train", "Plane"]), st.sampled_from(['{"a":1}', '{"a":2}']))


def an_action(action_type: ActionType, change: tuple[str, str]) -> Action:
    title, data = change if action_type in (ActionType.SAVE, ActionType.REQUEST) else (None, None)
    return Action(action_type, title, data, "because")


class AnyOrder(RuleBasedStateMachine):
    """Everybody tries everything; the queues come and go."""

    workflow_ids = Bundle("workflow_ids")

    @initialize()
    def open_the_office(self):
        self.office = Office()
        self.approved: dict[str, object] = {}

    @rule(target=workflow_ids, by=people, kind=st.sampled_from(["SAVE", "REQUEST"]), change=changes)
    def create(self, by, kind, change):
        seen = create_workflow(
            "expenses",
            an_action(ActionType(kind), change),
            an_origin(by),
            None,
            beginnings=self.office.store,
            committer=self.office.committer,
            clock=self.office.clock,
            new_id=self.office.new_id,
        )
        return seen.workflow.workflow_id

    @rule(workflow_id=workflow_ids, by=actors, kind=st.sampled_from(list(ActionType)), change=changes)
    def try_something(self, workflow_id, by, kind, change):
        before = self.office.store.workflows[workflow_id]
        try:
            after = self.do(workflow_id, an_action(kind, change), by).workflow
        except Refused:
            assert self.office.store.workflows[workflow_id] == before
        else:
            assert after.version == before.version + 1
            assert before.status is not Status.APPROVED

    @rule(
        workflow_id=workflow_ids,
        by=actors,
        kind=st.sampled_from(list(ActionType)),
        other=actors,
        others_kind=st.sampled_from(list(ActionType)),
        change=changes,
    )
    def two_at_once(self, workflow_id, by, kind, other, others_kind, change):
        def the_other_is_faster():
            with suppress(Refused):
                self.do(workflow_id, an_action(others_kind, change), other)

        self.office.store.meanwhile.append(the_other_is_faster)
        with suppress(Refused):
            self.do(workflow_id, an_action(kind, change), by)
        self.office.store.meanwhile.clear()

    @rule(refusing=st.booleans())
    def queues_come_and_go(self, refusing):
        self.office.queues.refusing = refusing

    @rule()
    def the_relay_runs(self):
        office = self.office
        relay_outbox(
            lambda: 50.0, outbox=office.store, delivery=office.queues, clock=office.clock, warn=office.log
        )
        if not office.queues.refusing:
            assert office.store.outbox == []

    def do(self, workflow_id, action, by):
        return act(
            workflow_id,
            action,
            an_origin(by),
            None,
            if_match=None,
            standings=self.office.store,
            committer=self.office.committer,
            clock=self.office.clock,
        )

    @invariant()
    def there_is_no_gap_and_no_fork_and_the_chain_is_intact(self):
        for workflow_id, events in self.office.store.events.items():
            workflow = self.office.store.workflows[workflow_id]
            assert [event.sequence for event in events] == list(range(1, workflow.version + 1))
            stored = [Evidence(e.event_id, e.sealed, e.hash, e.person, e.content) for e in events]
            verdict = verify(workflow_id, stored)
            assert verdict.intact, verdict.breaks
            assert verdict.head_hash == workflow.head_hash

    @invariant()
    def nothing_leaves_approved(self):
        for workflow_id, workflow in self.office.store.workflows.items():
            if workflow.status is Status.APPROVED:
                assert self.approved.setdefault(workflow_id, workflow) == workflow
        assert all(self.office.store.workflows[each] == known for each, known in self.approved.items())

    @invariant()
    def what_waits_is_what_is_pending(self):
        store = self.office.store
        pending = {each for each, workflow in store.workflows.items() if workflow.status is Status.PENDING}
        waiting = {each for queue in store.waiting.values() for each in queue}
        assert waiting == pending

    @invariant()
    def every_event_was_told_or_is_in_the_outbox(self):
        store = self.office.store
        known = {event.event_id for events in store.events.values() for event in events}
        told = {json.loads(messages.audit_trail)["id"] for messages in self.office.queues.taken}
        assert known == told | {event.event_id for event in store.outbox}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=30, stateful_step_count=20)
