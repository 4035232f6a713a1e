/** Groups for an optimizer: vectors, biases and what a model names are not decayed. */
export const GROUPS = `
def param_groups_weight_decay(model, weight_decay=1e-5, no_weight_decay_list=()):
    kept, decayed = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            if parameter.ndim <= 1 or name.endswith('.bias') or name in no_weight_decay_list:
                kept.append(parameter)
            else:
                decayed.append(parameter)
    return [{'params': kept, 'weight_decay': 0.0}, {'params': decayed, 'weight_decay': weight_decay}]

add_weight_decay = param_groups_weight_decay
`;
