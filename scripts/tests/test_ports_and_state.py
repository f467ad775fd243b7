"""A cloud keeps its addresses, and two commands on it take turns."""

import socket
import threading
from pathlib import Path

import pytest

from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, free_port, is_free
from local_cloud.processes import ProcessId
from local_cloud.state import StateFolder, file_lock


def test_a_port_that_a_server_listens_on_is_not_free() -> None:
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        server.listen()
        assert not is_free(server.getsockname()[1])


def test_a_free_port_is_none_of_those_taken() -> None:
    taken = [free_port() for _ in range(3)]
    assert free_port(taken=taken) not in taken


def test_a_cloud_keeps_its_ports_and_its_root_key(tmp_path: Path) -> None:
    first = StateFolder("demo", tmp_path).read_or_create()
    assert StateFolder("demo", tmp_path).read_or_create() == first
    ports = {first.port, first.mqtt_port, first.opensearch_port}
    assert len(ports) == 3


def test_two_clouds_share_no_port_name_or_key(tmp_path: Path) -> None:
    one = StateFolder("demo", tmp_path / "one clone").read_or_create()
    other = StateFolder("demo", tmp_path / "another clone").read_or_create()
    assert one.root != other.root
    assert one.root["access_key_id"] != "test"


def test_what_is_remembered_comes_back_whole(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    record = state.read_or_create()
    record.processes["ministack"] = ProcessId(4711, "123456")
    record.accounts["requester"] = {"email": "requester@example.com", "password": "secret"}
    state.write(record)
    assert state.read() == record


def test_passwords_are_for_the_owner_only(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    state.read_or_create()
    assert (state.path / "cloud.json").stat().st_mode & 0o077 == 0


def test_a_wiped_cloud_is_forgotten(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    state.read_or_create()
    state.wipe()
    assert state.read() is None


@pytest.mark.parametrize("name", ["", "../demo", "Demo", "a b"])
def test_a_name_that_is_no_plain_folder_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CloudError):
        StateFolder(name, tmp_path)


def test_a_second_command_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    order = []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with file_lock(lock):
            inside.set()
            leave.wait(10)
            order.append("first")

    def second() -> None:
        with file_lock(lock):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]


def test_a_lock_that_is_never_let_go_of_ends_in_a_message(tmp_path: Path) -> None:
    impatient = file_lock(tmp_path / "lock", patience=0.0)
    with file_lock(tmp_path / "lock"), pytest.raises(CloudError, match="Another command"), impatient:
        raise AssertionError("two commands hold the cloud")
