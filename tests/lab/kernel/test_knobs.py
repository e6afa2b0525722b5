"""The kernel's knobs stand where behaviour's parameters do."""

from connects.lab.behaviour.parameters import ALL


def test_every_parameter_has_its_knob() -> None:
    from connects.lab.kernel import knobs

    for place, parameter in enumerate(ALL):
        assert getattr(knobs, parameter.name.upper()) == place


def test_no_default_is_out_of_its_own_bounds() -> None:
    assert all(each.least <= each.default <= each.most for each in ALL)
