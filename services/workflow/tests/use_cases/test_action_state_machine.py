"""Any actions in any order, alone or at the same time: no gap, no fork, and an intact chain."""

import json
from contextlib import suppress
from datetime import timedelta

from countersign_common.errors import DomainError
from countersign_common.proof.hash_chain import StoredEvent, verify_chain
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from workflow_service.domain.workflow import Action, ActionType, Status

from ..builders import BO, CLEO, EVERYONE, RITA, a_context
from ..fakes import InMemoryPorts

people = st.sampled_from(EVERYONE)
# Mostly users who can do something, so that workflows make progress.
actors = st.sampled_from([RITA, BO, CLEO]) | people
changes = st.tuples(st.sampled_from(["Train", "Plane"]), st.sampled_from(['{"a":1}', '{"a":2}']))


def an_action(action_type: ActionType, change: tuple[str, str]) -> Action:
    title, data = change if action_type in (ActionType.SAVE, ActionType.REQUEST) else (None, None)
    return Action(action_type, title, data, "because")


class ActionStateMachine(RuleBasedStateMachine):
    """Everyone tries everything while the queues go down and up."""

    workflow_ids = Bundle("workflow_ids")

    @initialize()
    def start(self):
        self.ports = InMemoryPorts()
        self.service = self.ports.service
        self.approved: dict[str, object] = {}

    @rule(target=workflow_ids, actor=people, kind=st.sampled_from(["SAVE", "REQUEST"]), change=changes)
    def create(self, actor, kind, change):
        action = an_action(ActionType(kind), change)
        return self.service.create_workflow("expenses", action, a_context(actor)).workflow.workflow_id

    @rule(workflow_id=workflow_ids, actor=actors, kind=st.sampled_from(list(ActionType)), change=changes)
    def act(self, workflow_id, actor, kind, change):
        before = self.ports.workflows.states[workflow_id]
        try:
            after = self.perform(workflow_id, an_action(kind, change), actor).workflow
        except DomainError:
            assert self.ports.workflows.states[workflow_id] == before
        else:
            assert after.version == before.version + 1
            assert before.status is not Status.APPROVED

    @rule(
        workflow_id=workflow_ids,
        actor=actors,
        kind=st.sampled_from(list(ActionType)),
        other=actors,
        other_kind=st.sampled_from(list(ActionType)),
        change=changes,
    )
    def act_at_the_same_time(self, workflow_id, actor, kind, other, other_kind, change):
        def other_is_faster():
            with suppress(DomainError):
                self.perform(workflow_id, an_action(other_kind, change), other)

        self.ports.workflows.concurrent.append(other_is_faster)
        with suppress(DomainError):
            self.perform(workflow_id, an_action(kind, change), actor)
        self.ports.workflows.concurrent.clear()

    @rule(is_down=st.booleans())
    def queues_go_down_and_up(self, is_down):
        self.ports.publisher.is_down = is_down

    @rule()
    def relay(self):
        self.ports.clock.now += timedelta(minutes=1)
        self.ports.relay_outbox(lambda: 50.0)
        if not self.ports.publisher.is_down:
            assert self.ports.outbox.entries == []

    def perform(self, workflow_id, action, actor):
        version = self.ports.workflows.states[workflow_id].version
        if_match = version if action.is_decision else None
        return self.service.perform_action(workflow_id, action, a_context(actor), if_match=if_match)

    @invariant()
    def chains_have_no_gap_and_no_fork(self):
        for workflow_id, events in self.ports.workflows.events.items():
            workflow = self.ports.workflows.states[workflow_id]
            assert [event.sequence for event in events] == list(range(1, workflow.version + 1))
            stored = [StoredEvent(e.event_id, e.sealed, e.hash, e.person, e.content) for e in events]
            verdict = verify_chain(workflow_id, stored)
            assert verdict.is_intact, verdict.findings
            assert verdict.head_hash == workflow.head_hash

    @invariant()
    def approved_workflows_never_change(self):
        states = self.ports.workflows.states
        for workflow_id, workflow in states.items():
            if workflow.status is Status.APPROVED:
                assert self.approved.setdefault(workflow_id, workflow) == workflow
        assert all(states[each] == approved for each, approved in self.approved.items())

    @invariant()
    def workflows_wait_while_they_are_pending(self):
        workflows = self.ports.workflows
        pending = {each for each, state in workflows.states.items() if state.status is Status.PENDING}
        assert {each for waiting in workflows.waiting.values() for each in waiting} == pending

    @invariant()
    def pending_workflows_are_what_was_requested(self):
        for workflow in self.ports.workflows.states.values():
            if workflow.status in (Status.PENDING, Status.APPROVED):
                assert workflow.content == workflow.requested

    @invariant()
    def every_event_is_published_or_in_the_outbox(self):
        committed = {each.event_id for events in self.ports.workflows.events.values() for each in events}
        published = {json.loads(each.audit_trail.body)["id"] for each in self.ports.publisher.published}
        assert committed == published | {event.event_id for event in self.ports.outbox.entries}


TestActionStateMachine = ActionStateMachine.TestCase
TestActionStateMachine.settings = settings(max_examples=30, stateful_step_count=20)
