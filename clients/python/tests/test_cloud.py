"""The fixture and what it gives, used as its users would."""

import datetime
import os
import subprocess
import sys

import pytest

import cloudjar


def test_an_undeleted_message_comes_back(cloud):
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName="orders")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="one")

    assert len(sqs.receive_message(QueueUrl=queue)["Messages"]) == 1
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)

    cloud.advance(datetime.timedelta(seconds=30))

    assert len(sqs.receive_message(QueueUrl=queue)["Messages"]) == 1


def test_clouds_share_nothing(cloud):
    cloud.client("sqs").create_queue(QueueName="mine")

    with cloudjar.start() as other:
        assert queues(other) == []
    assert len(queues(cloud)) == 1
    assert queues(cloud.account("111111111111")) == []
    assert queues(cloud.account(cloud.account_id, "eu-west-1")) == []


def queues(cloud):
    return cloud.client("sqs").list_queues().get("QueueUrls", [])


@pytest.mark.cloudjar("--seed=7", "--clock=2031-02-03T04:05:06Z", "--region=eu-west-1")
def test_a_mark_gives_options(cloud):
    assert cloud.now() == datetime.datetime(2031, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)

    cloud.move_to(datetime.datetime(2032, 1, 1, tzinfo=datetime.timezone.utc))
    assert cloud.now().year == 2032
    assert cloud.environment()["AWS_REGION"] == "eu-west-1"


def test_calls_are_known_until_a_reset(cloud):
    cloud.client("sts").get_caller_identity()
    assert [(call["service"], call["operation"]) for call in cloud.calls()] == [("sts", "GetCallerIdentity")]

    cloud.reset()
    assert cloud.calls() == []


def test_a_frozen_clock_stands(cloud):
    cloud.freeze()
    assert cloud.now() == cloud.now()


def test_what_cannot_be_done_is_said(cloud):
    with pytest.raises(ValueError, match="the clock goes from"):
        cloud.move_to(datetime.datetime(1969, 12, 31, tzinfo=datetime.timezone.utc))
    with pytest.raises(RuntimeError, match="There is no option --sed"):
        cloudjar.start("--sed=1")


def test_the_process_ends_with_its_test():
    script = "import cloudjar; cloudjar.start(); print(cloudjar._HOST._process.pid)"
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pid = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=path).stdout
    ended = subprocess.run(["tail", "--pid", pid.strip(), "-f", "/dev/null"], timeout=20)
    assert ended.returncode == 0
