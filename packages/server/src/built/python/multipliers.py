"""What a number in the code multiplies what a layer of Flax or Keras makes by, read off what its backend makes of the code.

Each backend says of a value what is made of it, as pairs: what the value is multiplied by, and the result. 1 where it only
has another shape, `JOINED` where it is one of queries and keys, `None` where it is anything else.
"""

MOST_CHAINED = 16
JOINED = "joined"
# Primitives of JAX, nodes of torch's backward pass and operations of TensorFlow that give another shape or type.
SHAPING = ("reshape", "transpose", "squeeze", "expand_dims", "convert_element_type", "copy")
SHAPING_OF_TORCH = ("View", "UnsafeView", "ReshapeAlias", "Transpose", "Permute", "T", "Squeeze", "Unsqueeze", "ToCopy",
                    "Clone", "Expand", "Alias")
SHAPING_OF_TENSORFLOW = ("Reshape", "Transpose", "Squeeze", "ExpandDims", "Cast", "Identity")


def factor_behind(value, uses):
    """The number that a value is used times, at once or after it was given another shape. Attention's scale belongs to its
    logits."""
    factor = 1.0
    for _ in range(MOST_CHAINED):
        made = uses(value)
        if len(made) != 1 or not made[0][0]:
            break
        times, value = made[0]
        if times == JOINED:
            return 1.0
        factor *= times
    return factor


def shapes_and_factors(jax, run, *given):
    """Of what layers make, as `run` returns it by their keys: its shapes, and the number that each is used times."""
    traced, shapes = jax.make_jaxpr(run, return_shape=True)(*given)
    program = traced.jaxpr
    made = zip(sorted(shapes), program.outvars)
    numbers, users = numbers_in(program, traced.consts), users_in(program)
    uses = lambda one: [(times_in(equation, one, numbers), equation.outvars[0]) for equation in users.get(one, [])]
    return shapes, {key: factor_behind(variable, uses) for key, variable in made if is_variable(variable)}


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


def times_in(equation, variable, numbers):
    """What an equation of JAX multiplies a variable by."""
    name = equation.primitive.name
    if name in SHAPING:
        return 1.0
    if name == "neg":
        return -1.0
    if name == "dot_general" and equation.params["dimension_numbers"][1][0]:
        return JOINED
    if name not in ("mul", "div") or name == "div" and equation.invars[0] is not variable:
        return None
    one, other = equation.invars
    beside = other if one is variable else one
    value = beside.val if hasattr(beside, "val") else numbers.get(beside)
    return None if value is None or getattr(value, "size", 1) != 1 else power_of(float(value), name == "div")


def power_of(number, is_divisor):
    """A factor, or that of a quotient; None where it is 0."""
    return None if number == 0 else 1 / number if is_divisor else number


def factors_of_torch(loss, made):
    """The same of what layers made, as the backward pass has it that torch noted."""
    users, waiting = {}, [loss.grad_fn]
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        for place, (before, _) in enumerate(node.next_functions):
            if before is None:
                continue
            users.setdefault(before, []).append((node, place))
            if before not in seen:
                seen.add(before)
                waiting.append(before)
    uses = lambda node: [(times_in_torch(user, place), user) for user, place in users.get(node, [])]
    return {key: factor_behind(one.grad_fn, uses) for key, one in made.items() if one.grad_fn is not None}


def times_in_torch(node, place):
    """What the operation of a node multiplies its argument at a place by."""
    name = type(node).__name__.partition("Backward")[0]
    if name in SHAPING_OF_TORCH:
        return 1.0
    if name == "Neg":
        return -1.0
    if name == "Bmm":
        return JOINED
    if name not in ("Mul", "Div") or name == "Div" and place != 0:
        return None
    beside = getattr(node, "_saved_other" if place == 0 else "_saved_self", None)
    is_number = isinstance(beside, (int, float)) or getattr(beside, "shape", None) == ()
    return power_of(float(beside), name == "Div") if is_number else None


def factors_of_tensorflow(tensorflow, run):
    """The same of what `run` returns by the keys of layers, as the graph has it that TensorFlow makes of it."""
    made = {}
    # What is returned would be copied.
    graph = tensorflow.function(lambda: made.update(run())).get_concrete_function().graph
    users = {}
    for operation in graph.get_operations():
        for one in operation.inputs:
            users.setdefault(one.ref(), []).append(operation)
    number = tensorflow.get_static_value
    uses = lambda one: [(times_in_tensorflow(operation, one, number), operation.outputs[0])
                        for operation in users.get(one.ref(), []) if operation.outputs]
    return {key: factor_behind(one, uses) for key, one in made.items()}


def times_in_tensorflow(operation, value, number):
    """What an operation of TensorFlow multiplies a value by."""
    name = operation.type
    if name in SHAPING_OF_TENSORFLOW:
        return 1.0
    if name == "Neg":
        return -1.0
    if name.startswith("BatchMatMul") or name == "Einsum" and is_joining(operation.get_attr("equation").decode()):
        return JOINED
    if name not in ("Mul", "RealDiv") or name == "RealDiv" and operation.inputs[0].ref() != value.ref():
        return None
    one, other = operation.inputs
    beside = number(other if one.ref() == value.ref() else one)
    return None if beside is None or beside.size != 1 else power_of(float(beside), name == "RealDiv")


def is_joining(equation):
    """Whether an index of both sides of a product stays, as that of batches does."""
    sides, _, made = equation.partition("->")
    one, _, other = sides.partition(",")
    return any(letter in one and letter in other for letter in made)
