import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A network whose hidden units are as many as an expression says. */
const net = (units: string) => `from torch import nn

class Net(nn.Module):
    def __init__(self, features, hidden, outputs, options):
        super().__init__()
        units = ${units}
        self.enter = nn.Linear(features, 32 * units)
        self.readout = nn.Linear(32 * units, outputs)

    def forward(self, x):
        return self.readout(self.enter(x).relu())
`;

test.each(['hidden', '4 * hidden', 'hidden if options else 2 * hidden'])(
  'a name that a length is of is a width: %s',
  (units) => {
    expect(onlyModel(net(units)).widths).toEqual(['hidden']);
  },
);

test.each(['hidden if options else looked_up(outputs)', 'looked_up(hidden) if options else hidden'])(
  'but not of what may as well be unread: %s',
  (units) => {
    expect(onlyModel(net(units)).widths).toEqual([]);
  },
);
