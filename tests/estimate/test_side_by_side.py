"""Training's pieces get one thread in each process; little work is done at once."""

import os

from threadpoolctl import threadpool_info

from connects.estimate.side_by_side import ENOUGH_POSTS, side_by_side


def test_processes_beside_each_other_have_one_thread_each() -> None:
    with side_by_side(ENOUGH_POSTS) as pool:
        own = pool.submit(os.getpid).result()
        threads = pool.submit(os.getenv, "OMP_NUM_THREADS").result()

    assert (threads == "1" and own != os.getpid()) or os.cpu_count() == 1


def test_little_work_is_done_in_the_process_that_asks() -> None:
    with side_by_side(ENOUGH_POSTS - 1) as pool:
        assert pool.submit(os.getpid).result() == os.getpid()
        assert {each["num_threads"] for each in pool.submit(threadpool_info).result()} <= {1}
