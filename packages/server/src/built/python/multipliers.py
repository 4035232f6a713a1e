"""What a number in the code multiplies what a layer of Flax or Keras makes by, read off the program that JAX makes of it."""

SHAPING = ("reshape", "transpose", "squeeze", "expand_dims", "convert_element_type", "copy")
MOST_CHAINED = 16


def shapes_and_factors(jax, run, *given):
    """Of what layers make, as `run` returns it by their keys: its shapes, and the number that each is used times, at once or
    after it was given another shape. Attention's scale belongs to its logits."""
    traced, shapes = jax.make_jaxpr(run, return_shape=True)(*given)
    program = traced.jaxpr
    made = zip(sorted(shapes), program.outvars)
    numbers, users = numbers_in(program, traced.consts), users_in(program)
    return shapes, {key: factor_behind(variable, numbers, users) for key, variable in made if is_variable(variable)}


def is_variable(one):
    return hasattr(one, "aval") and not hasattr(one, "val")


def numbers_in(program, constants):
    """The variables that are one number, whatever the network is given."""
    numbers = {one: value for one, value in zip(program.constvars, constants) if getattr(value, "size", 0) == 1}
    for equation in program.eqns:
        values = [one.val if hasattr(one, "val") else numbers.get(one) for one in equation.invars]
        out = equation.outvars[0] if len(equation.outvars) == 1 else None
        is_number = out is not None and getattr(out.aval, "size", 0) == 1
        if is_number and values and all(one is not None for one in values):
            try:
                numbers[out] = equation.primitive.bind(*values, **equation.params)
            except Exception:
                continue
    return numbers


def users_in(program):
    users = {}
    for equation in program.eqns:
        for one in equation.invars:
            if is_variable(one):
                users.setdefault(one, []).append(equation)
    return users


def factor_behind(variable, numbers, users):
    factor = 1.0
    for _ in range(MOST_CHAINED):
        using = users.get(variable, [])
        if len(using) != 1:
            break
        equation, name = using[0], using[0].primitive.name
        if name in ("mul", "div"):
            times = number_beside(variable, equation, numbers)
            if not times:
                break
            factor *= times if name == "mul" else 1 / times
        elif name == "neg":
            factor = -factor
        elif name == "dot_general" and equation.params["dimension_numbers"][1][0]:
            # Queries and keys.
            return 1.0
        elif name not in SHAPING:
            break
        variable = equation.outvars[0]
    return factor


def number_beside(variable, equation, numbers):
    """The number that a product or a quotient has beside a variable; None where that is no number."""
    one, other = equation.invars
    if equation.primitive.name == "div" and one is not variable:
        return None
    beside = other if one is variable else one
    value = beside.val if hasattr(beside, "val") else numbers.get(beside)
    return None if value is None or getattr(value, "size", 1) != 1 else float(value)
