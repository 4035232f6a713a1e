import { describe, expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** How a step of the project's own makes the updates of a hidden matrix, and the exponent of its rate. */
function readOf(step: string, { functions = '', groups = 'net.parameters(), lr=0.1 / n', init = '' } = {}) {
  const { models } = analyser.analyse(`# widthwise: width(n)
import math
import torch
import torch.distributed as dist
from torch import nn

${functions}
class Own(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.99), momentum=0.95, eps=1e-8, weight_decay=0.0, nesterov=True):
        super().__init__(params, dict(lr=lr, betas=betas, momentum=momentum, eps=eps, weight_decay=weight_decay, nesterov=nesterov))
        ${init}

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            loss = closure()
${step.replaceAll(/^(?=.)/gm, '        ')}
        return loss

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.mid = nn.Linear(n, 2 * n, bias=False)

    def forward(self, x):
        return self.mid(x)

def prepare(n):
    net = Net(n)
    o = Own(${groups})
    o.step()
`);
  const [row] = models[0]?.weights ?? [];
  return `${row?.optimizer} ${row?.c}`;
}

/** The body of a loop over the parameters of each group. */
const each = (body: string) =>
  `for group in self.param_groups:\n    for p in group['params']:\n        if p.grad is None:\n            continue\n${body.replaceAll(/^(?=.)/gm, '        ')}`;

const ADAM = each(`g = p.grad.data
if g.is_sparse:
    raise RuntimeError('dense only')
state = self.state[p]
if len(state) == 0:
    state['step'] = 0
    state['m'] = torch.zeros_like(p.data)
    state['v'] = torch.zeros_like(p.data)
m, v = state['m'], state['v']
beta1, beta2 = group['betas']
state['step'] += 1
if group['weight_decay'] > 0:
    p.data.mul_(1 - group['lr'] * group['weight_decay'])
m.mul_(beta1).add_(g, alpha=1 - beta1)
v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
denom = v.sqrt().add_(group['eps'])
size = group['lr'] * math.sqrt(1 - beta2 ** state['step']) / (1 - beta1 ** state['step'])
p.data.addcdiv_(m, denom, value=-size)`);

const TURNED = `@torch.compile
def turned(G, steps=5):
    a, b, c = (3.4445, -4.7750, 2.0315)
    X = G.bfloat16()
    if G.size(0) > G.size(1):
        X = X.T
    X = X / (X.norm() + 1e-7)
    for _ in range(steps):
        A = X @ X.T
        B = b * A + c * A @ A
        X = a * X + B @ X
    if G.size(0) > G.size(1):
        X = X.T
    return X

`;

const MUON = each(`g = p.grad
state = self.state[p]
if 'buffer' not in state:
    state['buffer'] = torch.zeros_like(g)
buffer = state['buffer']
buffer.mul_(group['momentum']).add_(g)
g = g.add(buffer, alpha=group['momentum']) if group['nesterov'] else buffer
u = turned(g)
p.data.add_(u, alpha=-group['lr'] * max(1, p.size(-2) / p.size(-1)) ** 0.5)`);

describe("the step of the project's own optimizer", () => {
  test('is that of SGD where what is added is linear in the gradient', () => {
    expect(readOf(each("p.data -= group['lr'] * p.grad"))).toBe('sgd 1');
    expect(readOf(each("p.data = p.data - group['lr'] * p.grad.data"))).toBe('sgd 1');
    const momentum = each(`state = self.state[p]
if 'b' not in state:
    state['b'] = torch.zeros_like(p)
b = state['b']
b.mul_(group['momentum']).add_(p.grad)
p.add_(b, alpha=-group['lr'])`);
    expect(readOf(momentum)).toBe('sgd 1');
  });

  test('is like that of Adam where entries have a size of their own', () => {
    expect(readOf(ADAM)).toBe('adam 1');
    expect(readOf(each("p.add_(p.grad.sign(), alpha=-group['lr'])"))).toBe('adam 1');
    expect(readOf(each("p.add_(torch.sign(p.grad) * -group['lr'])"))).toBe('adam 1');
    const split = 'for group in self.param_groups:\n    self._update(group)';
    expect(readOf(split)).toBe('null null');
  });

  test('is that of Muon where it orthogonalizes, with the factor that it has', () => {
    expect(readOf(MUON, { functions: TURNED })).toBe('muon 1');
    const few = TURNED.replace('steps=5', 'steps=1');
    expect(readOf(MUON, { functions: few })).toBe('null null');
    const unnormed = TURNED.replace('X = X / (X.norm() + 1e-7)', 'X = X * 2');
    expect(readOf(MUON, { functions: unnormed })).toBe('null null');
  });

  test('is not known where it hangs on the number of steps or dimensions', () => {
    const sgd = "p.data -= group['lr'] * p.grad";
    const signs = "p.data -= group['lr'] * torch.sign(p.grad)";
    const later = each(`state = self.state[p]
if not state:
    state['step'] = 0
state['step'] += 1
if state['step'] > 5:
    ${signs}
else:
    ${sgd}`);
    expect(readOf(later)).toBe('null null');
    expect(readOf(later.replace(sgd, signs))).toBe('adam 1');
    expect(readOf(each(`if len(p.shape) > 1:\n    ${signs}\nelse:\n    ${sgd}`))).toBe('null null');
    expect(readOf(each(`if p.dim() > 1:\n    ${signs}\nelse:\n    ${sgd}`))).toBe('null null');
    const counting = each(`self.count += 1\nif self.count > 5:\n    ${signs}\nelse:\n    ${sgd}`);
    expect(readOf(counting, { init: 'self.count = 0' })).toBe('null null');
  });

  test('is asked of each group', () => {
    const step = each(`if group['kind'] == 'signs':
    p.add_(p.grad.sign(), alpha=-group['lr'])
else:
    p.add_(p.grad, alpha=-group['lr'])`);
    const groups = "[{'params': net.parameters(), 'kind': 'signs'}], lr=0.1";
    expect(readOf(step, { groups })).toBe('adam 0');
    expect(readOf(step, { groups: groups.replace("'signs'", "'plain'") })).toBe('sgd 0');
    expect(readOf(step)).toBe('null null');
  });

  test('is not known where something else is done to a gradient or a parameter', () => {
    const sgd = "p.data -= group['lr'] * p.grad";
    expect(readOf(each(`p.grad.mul_(p.norm())\n${sgd}`))).toBe('null null');
    expect(readOf(each(`${sgd}\np.data.clamp_(-1, 1)`))).toBe('null null');
    expect(readOf(each(`shaped(p)\n${sgd}`), { functions: 'from other import shaped\n' })).toBe('null null');
    expect(readOf(each(`g = p.grad.add(p, alpha=0.1)\np.data -= group['lr'] * g`))).toBe('null null');
    expect(
      readOf(
        each(`if p.ndim > 1 and unknown():\n    ${sgd}\nelse:\n    p.data -= group['lr'] * p.grad.sign()`),
      ),
    ).toBe('null null');
    expect(
      readOf(each("p.data -= group['lr'] * group['size'] * p.grad"), {
        groups: "[{'params': net.parameters(), 'size': n}], lr=0.1",
      }),
    ).toBe('null null');
    expect(readOf(each("p.data -= group['lr'] * p.grad * p.shape[1]"))).toBe('null null');
  });

  test('is not known where the first step is another than those after it', () => {
    const [sgd, signs] = ["p.add_(p.grad, alpha=-group['lr'])", "p.add_(p.grad.sign(), alpha=-group['lr'])"];
    const keeps = each(`state = self.state[p]
if 'last' not in state:
    state['last'] = p.grad.clone()
    ${sgd}
else:
    ${signs}`);
    expect(readOf(keeps)).toBe('null null');
    expect(readOf(keeps.replace(sgd, signs))).toBe('adam 1');
    const delayed = each(`state = self.state[p]
if not state:
    state['m'], state['v'] = torch.zeros_like(p), torch.zeros_like(p)
state['m'].mul_(0.9).add_(p.grad)
p.addcdiv_(state['m'], state['v'].sqrt().add(1e-8), value=-group['lr'])
state['v'].mul_(0.99).addcmul_(p.grad, p.grad)`);
    expect(readOf(delayed)).toBe('null null');
    const counting = each(`state = self.state.setdefault(p, {'step': 0})
state['step'] += 1
if state['step'] < 5:
    ${sgd}
else:
    ${signs}`);
    expect(readOf(counting)).toBe('null null');
    expect(
      readOf(each(`if self.count == 0:\n    ${sgd}\nelse:\n    ${signs}\nself.count += 1`), {
        init: 'self.count = 0',
      }),
    ).toBe('null null');
  });

  test('is not known where it hangs on the place of a parameter or group', () => {
    const chosen = "p.add_(p.grad if COND else p.grad.sign(), alpha=-group['lr'])";
    const loops = (one: string, two: string, condition: string) =>
      `for ${one}:\n    for ${two}:\n        ${chosen.replace('COND', condition)}`;
    const pairs = "i, p in enumerate(group['params'])";
    expect(readOf(loops('group in self.param_groups', pairs, 'i == 0'))).toBe('null null');
    expect(readOf(loops('group in self.param_groups', pairs, "len(group['params']) == 1"))).toBe('null null');
    const two = "[{'params': []}, {'params': net.parameters(), 'lr': 0.1 / n}], lr=0.1";
    const step = loops('i, group in enumerate(self.param_groups)', "p in group['params']", 'i == 0');
    expect(readOf(step, { groups: two })).toBe('null null');
    const firsts = each("p.add_(p.grad.sign(), alpha=-self.param_groups[0]['lr'])");
    expect(readOf(firsts, { groups: two })).toBe('null null');
    expect(readOf(firsts)).toBe('adam 1');
    const listed = `for group in self.param_groups:
    params, signs = [], []
    for p in group['params']:
        params.append(p)
        signs.append(p.grad.sign())
    for i, p in enumerate(params):
        p.add_(signs[i], alpha=-group['lr'])`;
    expect(readOf(listed)).toBe('adam 1');
  });

  test('is made with what the code has put in the place of a gradient or of a function', () => {
    const sgd = "p.add_(p.grad, alpha=-group['lr'])";
    expect(readOf(each(`p.grad = p.grad.sign()\n${sgd}`))).toBe('adam 1');
    expect(readOf(each(`p.grad = p.grad / p.shape[0]\n${sgd}`))).toBe('null null');
    expect(readOf(each(`torch.mul(p.grad, 1 / p.shape[0], out=p.grad)\n${sgd}`))).toBe('null null');
    expect(readOf(each(`t = p.grad.T\nt.mul_(1 / p.shape[0])\n${sgd}`))).toBe('null null');
    expect(readOf(each(`p[:, :8].add_(p.grad[:, :8].sign(), alpha=-group['lr'])`))).toBe('null null');
    const functions = `def by_rows(function):
    return lambda g: function(g) / g.shape[0]

@by_rows
def shaped(g):
    return g.sign()
`;
    const helped = each("p.add_(shaped(p.grad), alpha=-group['lr'])");
    expect(readOf(helped, { functions })).toBe('null null');
    expect(readOf(helped, { functions: functions.replace('@by_rows', '@torch.compile') })).toBe('adam 1');
  });

  test('is not known where something that is not read has the parameters at hand', () => {
    const sgd = each("p.add_(p.grad, alpha=-group['lr'])");
    expect(readOf(`super().step()\n${sgd}`)).toBe('null null');
    expect(readOf(`torch.optim.AdamW.step(self)\n${sgd}`)).toBe('null null');
    expect(readOf(`self.around.step()\n${sgd}`, { init: 'self.around = around' })).toBe('null null');
    const functions = 'def signs(o, args, kwargs):\n    pass\n';
    expect(readOf(sgd, { functions, init: 'self.register_step_pre_hook(signs)' })).toBe('null null');
  });

  test('is that of Muon for the matrix that it is, not for one of another shape', () => {
    const shaped = (to: string, back: string) =>
      each(`p.add_(turned(p.grad.${to}).${back}, alpha=-group['lr'])`);
    expect(readOf(shaped('view(p.size(0), -1)', 'view_as(p)'), { functions: TURNED })).toBe('muon 1');
    expect(readOf(shaped('reshape(-1, 64)', 'reshape(p.shape)'), { functions: TURNED })).toBe('null null');
  });

  test('is read where its settings come from outside, of the kind that they are by default', () => {
    const given = (settings: string) => ({ groups: `net.parameters(), lr=0.1 / n, ${settings}` });
    for (const settings of [
      'betas=args.betas',
      'betas=(args.b1, args.b2), eps=args.eps',
      'weight_decay=args.wd',
    ])
      expect(readOf(ADAM, given(settings))).toBe('adam 1');
    expect(readOf(ADAM, given('betas=(args.b1, 7)'))).toBe('null null');
    const scaled = each("p.add_(p.grad.sign() ** group['momentum'], alpha=-group['lr'])");
    expect(readOf(scaled, given('momentum=args.power'))).toBe('null null');
    const bare = ADAM.replaceAll("group['eps']", "group['least']");
    expect(readOf(bare, { init: "self.param_groups[0]['least'] = args.least" })).toBe('null null');
  });

  test('may let the weight decay with the update', () => {
    expect(readOf(each("p.add_(p.grad.sign() + 0.1 * p, alpha=-group['lr'])"))).toBe('adam 1');
    expect(readOf(each("p.add_(p.grad.sign() * group['lr'] + 0.1 * p, alpha=-1)"))).toBe('null null');
    expect(
      readOf(each("p.add_(p.grad + p, alpha=-group['lr'])\np.add_(p.grad.sign(), alpha=-group['lr'])")),
    ).toBe('null null');
  });
});
