import { expect, test } from 'vitest';
import { analyse, missingIn, onlyModel } from '../../test/check-findings.ts';
import { problemsOfModel } from '../words/row-judgement.ts';

/** Products with a state of which the code leaves open whether it grows, behind a projection that may be too large. */
const SCAN = `
import math
import torch
import torch.nn.functional as F
from torch import nn

class Mamba(nn.Module):
    def __init__(self, d, state=8, expand=2, dt_rank=4, conv=3):
        super().__init__()
        self.inner = expand * d
        self.state, self.dt_rank = state, dt_rank
        self.in_proj = nn.Linear(d, 2 * self.inner, bias=False)
        self.conv = nn.Conv1d(self.inner, self.inner, conv, groups=self.inner, padding=conv - 1)
        self.x_proj = nn.Linear(self.inner, dt_rank + 2 * state, bias=False)
        self.dt_proj = nn.Linear(dt_rank, self.inner)
        self.A_log = nn.Parameter(torch.log(torch.arange(1, state + 1).float()).repeat(self.inner, 1))
        self.D = nn.Parameter(torch.ones(self.inner))
        self.out_proj = nn.Linear(self.inner, d, bias=False)

    def forward(self, u):
        B, T, _ = u.shape
        x, z = self.in_proj(u).chunk(2, dim=-1)
        x = F.silu(self.conv(x.transpose(1, 2))[..., :T].transpose(1, 2))
        dt, Bm, C = torch.split(self.x_proj(x), [self.dt_rank, self.state, self.state], dim=-1)
        dt = F.softplus(self.dt_proj(dt))
        A = -torch.exp(self.A_log)
        h = torch.zeros(B, self.inner, self.state, device=u.device)
        ys = []
        for t in range(T):
            dA = torch.exp(dt[:, t].unsqueeze(-1) * A)
            h = dA * h + (dt[:, t] * x[:, t]).unsqueeze(-1) * Bm[:, t].unsqueeze(1)
            ys.append((h * C[:, t].unsqueeze(1)).sum(-1))
        y = torch.stack(ys, 1) + x * self.D
        return self.out_proj(y * F.silu(z))

class Net(nn.Module):
    def __init__(self, d, vocab=50):
        super().__init__()
        self.emb = nn.Embedding(vocab, d)
        self.norm = nn.RMSNorm(d)
        self.mixer = Mamba(d)
        self.head = nn.Linear(d, vocab, bias=False)
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        h = self.emb(x)
        h = h + self.mixer(self.norm(h))
        return self.head(h)

def train(loader, width, lr=1e-3):
    model = Net(width)
    hidden, rest = [], []
    for name, p in model.named_parameters():
        if name.endswith(("in_proj.weight", "x_proj.weight", "out_proj.weight", "head.weight")):
            hidden.append(p)
        else:
            rest.append(p)
    opt = torch.optim.AdamW([{"params": hidden, "lr": lr / width}, {"params": rest}], lr=lr, weight_decay=0.0)
    for x, y in loader:
        opt.zero_grad()
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        loss.backward()
        opt.step()
`;

test('what grows only behind something that grows is not blamed, and without a cause that can be named there is no verdict', () => {
  const outline = onlyModel(SCAN);
  expect(problemsOfModel(outline)).toEqual([]);
  expect(outline.verdict).toBeNull();
  expect(analyse(SCAN).notes).toEqual([]);
  expect(missingIn(outline)).toContainEqual(expect.stringContaining('x_proj.weight'));
});
