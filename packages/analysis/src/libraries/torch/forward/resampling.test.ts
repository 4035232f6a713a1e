import { expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../../../test/check-findings.ts';

/** Convolutions between which something is done with their channels or positions. */
const net = (code: string, channels = 'n', made = '') => `
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.stem = nn.Conv2d(3, n, 3, padding=1)
        self.mix = nn.Conv2d(${channels}, n, 3, padding=1)
        self.readout = nn.Conv2d(n, 3, 1)
        ${made}
        nn.init.normal_(self.mix.weight, std=0.02)
    def forward(self, x):
        y = torch.relu(self.stem(x))
        ${code}
        return self.readout(torch.relu(self.mix(y)))
`;

const wanted = (...given: Parameters<typeof net>) =>
  onlyModel(net(...given)).weights.find(({ name }) => name === 'mix.weight')?.wants?.b;

test.each([
  'y = F.interpolate(y, scale_factor=2)',
  "y = F.interpolate(y, size=x.shape[-2:], mode='bilinear', align_corners=False)",
  'y = F.upsample(y, scale_factor=2)',
  'y = F.grid_sample(y, x.permute(0, 2, 3, 1)[..., :2])',
  'y = F.channel_shuffle(y, 4)',
  'y = torch.maximum(y, y.flip(-1))',
  'y = y.clamp(min=0)',
  'y = torch.clamp_min(y, 0)',
])('is followed through %s', (code) => {
  expect(missingIn(onlyModel(net(code))).join()).not.toContain('is not followed');
  expect(wanted(code)).toBe(0.5);
});

test.each([
  ['y = F.pixel_shuffle(y, 2)', 'n // 4', ''],
  ['y = self.up(y)', 'n // 4', 'self.up = nn.PixelShuffle(2)'],
  ['y = F.pixel_unshuffle(y, 2)', '4 * n', ''],
])('has the channels that are left by %s', (code, channels, made) => {
  expect(missingIn(onlyModel(net(code, channels, made))).join()).not.toContain('is not followed');
  expect(wanted(code, channels, made)).toBe(0.5);
});

test.each([
  'y = F.interpolate(y.flatten(2).transpose(1, 2), size=8)',
  'y = F.interpolate(y.permute(0, 2, 3, 1), size=x.shape[2:]).permute(0, 3, 1, 2)',
  'y = y.clamp(min=0.1)',
  'y = y.clamp(max=0)',
  'y = torch.maximum(y, self.bound)',
  'y = F.conv2d(y, self.mix.weight.clamp(min=0))',
])('is not through %s', (code) => {
  expect(missingIn(onlyModel(net(code))).join()).toContain('is not followed');
});

/** Patches with a table of positions, which is laid out anew for images of another size. */
const patches = (resized: string, made = 'torch.zeros(1, side // 16, side // 16, n)') => `
import torch
import torch.nn.functional as F
from torch import nn

class Patches(nn.Module):
    def __init__(self, n, side=224):
        super().__init__()
        self.stem = nn.Conv2d(3, n, 16, stride=16)
        self.places = nn.Parameter(${made})
        self.up, self.down = nn.Linear(n, 4 * n), nn.Linear(4 * n, n)
        self.readout = nn.Linear(n, 10)
        nn.init.normal_(self.up.weight, std=0.02)
    def forward(self, images):
        x = self.stem(images).permute(0, 2, 3, 1)
        high, wide = images.shape[2] // 16, images.shape[3] // 16
        p = ${resized}
        x = x + p
        x = x + self.down(torch.relu(self.up(x)))
        return self.readout(x.mean((1, 2)))
`;

test.each([
  "F.interpolate(self.places.permute(0, 3, 1, 2), size=x.shape[1:3], mode='bicubic').permute(0, 2, 3, 1)",
  'F.interpolate(self.places.permute(0, 3, 1, 2), (high, wide), align_corners=False).permute(0, 2, 3, 1)',
])('a table of positions keeps its features where there are as many as the data has: %s', (resized) => {
  const model = onlyModel(patches(resized));
  expect(missingIn(model).join()).not.toContain('interpolate');
  expect(model.weights.find(({ name }) => name === 'places')?.role).toBe('input');
  expect(model.weights.find(({ name }) => name === 'up.weight')?.wants?.b).toBe(0.5);
});

test.each([
  'F.interpolate(self.places.permute(0, 3, 1, 2), size=(8, 8)).permute(0, 2, 3, 1)',
  'F.interpolate(self.places, size=(high, self.stem.out_channels))',
  'F.interpolate(self.places.flatten(0, 2), size=high)',
  'F.interpolate(self.places.permute(0, 3, 1, 2), scale_factor=self.readout.in_features).permute(0, 2, 3, 1)',
])('where the data does not say how many there are, it is not followed: %s', (resized) => {
  const [first] = onlyModel(patches(resized)).weights;
  expect(first).toMatchObject({ name: 'places', role: null });
});
