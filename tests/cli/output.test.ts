import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { bash, emptyFolder, widthwise } from './widthwise-process.ts';

const SMALL = 'widthwise compare --parametrizations mup --widths 16,32 --seeds 1 --steps 2';
const MODEL = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(784, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, 10)
        nn.init.normal_(self.fc2.weight, std=0.02)
    def forward(self, x):
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))
`;

let cwd: string;
beforeEach(async () => {
  cwd = await emptyFolder();
  await writeFile(join(cwd, 'model.py'), MODEL);
});

async function leftovers(): Promise<string[]> {
  const names = await readdir(cwd, { recursive: true });
  return names.filter((name) => name.endsWith('.tmp'));
}

// Windows has neither these devices nor these shells.
describe.skipIf(process.platform === 'win32')('--json FILE', () => {
  test('hands a pipe and a descriptor what a file gets', async () => {
    await widthwise(cwd, SMALL.split(' ').slice(1).concat('--json', 'file.json'));
    const { code } = await bash(
      cwd,
      `mkfifo pipe; cat pipe > from-pipe & ${SMALL} --json pipe && wait
       ${SMALL} --json >(cat > from-substitution) && ${SMALL} --json /dev/fd/3 3> from-descriptor`,
    );
    expect(code).toBe(0);
    const whole = await readFile(join(cwd, 'file.json'), 'utf8');
    for (const name of ['from-pipe', 'from-descriptor'])
      expect(await readFile(join(cwd, name), 'utf8')).toBe(whole);
    // Nobody waits for a substitution.
    await expect.poll(() => readFile(join(cwd, 'from-substitution'), 'utf8')).toBe(whole);
    expect((await lstat(join(cwd, 'pipe'))).isFIFO()).toBe(true);
  });

  test.each(['compare --parametrizations mup --widths 16,32 --seeds 1 --steps 2', 'lint model.py'])(
    'leaves a device a device: %s',
    async (command) => {
      expect((await bash(cwd, `widthwise ${command} --json /dev/null`)).code).toBe(0);
      expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
    },
  );

  test('writes through a link and keeps the permissions of what it replaces', async () => {
    const [file, link] = ['file.json', 'link.json'].map((name) => join(cwd, name)) as [string, string];
    await writeFile(file, 'before');
    await chmod(file, 0o640);
    await symlink('file.json', link);
    await bash(cwd, `${SMALL} --json link.json`);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ complete: true });
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  test('that cannot be written costs the file and nothing else', async () => {
    const { code, stdout, stderr } = await bash(
      cwd,
      'widthwise lint model.py --profile mup --json /dev/full',
    );
    expect(stdout).toContain('MUP101');
    expect(stderr).toBe("widthwise: --json: '/dev/full' cannot be written (ENOSPC)\n");
    expect(code).toBe(2);
  });
});

/** Files may have so many kibibytes: `ulimit -f` stands for a disk that is full. */
const withFilesOf = (kibibytes: number, command: string): string =>
  `trap '' XFSZ; ulimit -f ${kibibytes}; ${command}`;

describe.skipIf(process.platform === 'win32')('where nothing can be written any more', () => {
  test('a comparison prints its table, says what is lost and leaves nothing half-written', async () => {
    const { code, stdout, stderr } = await bash(cwd, withFilesOf(1, SMALL));
    expect(stdout).toMatch(/μP .*\n/);
    expect(stdout).toContain('2 runs computed');
    expect(stderr).toMatch(/^note: results cannot be kept in \S+ \(EFBIG\); [^\n]+\nwidthwise: [^\n]+\n$/);
    expect(stderr).toContain(
      "'widthwise-digits.json' and 2 more cannot be written (EFBIG); 2 results of 2 could not be kept either",
    );
    expect(code).toBe(2);
    expect(await leftovers()).toEqual([]);
    expect((await readdir(cwd)).filter((name) => name.startsWith('widthwise-'))).toEqual([]);
  });

  test('with --json - the document goes to standard output all the same', async () => {
    const { code, stdout } = await bash(cwd, withFilesOf(1, `${SMALL} --out out --json -`));
    expect(JSON.parse(stdout)).toMatchObject({ complete: true, rows: { length: 2 } });
    expect(code).toBe(2);
  });

  test('what the store has is said to be there', async () => {
    await bash(cwd, `${SMALL} --json -`);
    const { code, stderr } = await bash(cwd, withFilesOf(1, SMALL));
    expect(stderr).toMatch(/cannot be written \(EFBIG\); every result is in the store[^\n]+\n$/);
    expect(code).toBe(2);
  });

  test.each([
    ['/dev/full', 'ENOSPC'],
    ['half.txt', 'EFBIG'],
  ])('standard output that is cut off is said: > %s', async (file, reason) => {
    const { code, stderr } = await bash(cwd, withFilesOf(1, `widthwise compare --help > ${file}`));
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('a reader who leaves', () => {
  test.each([
    ['lint model.py --profile mup', 1],
    ['lint model.py --fail-on never', 0],
    ['--help', 0],
  ])('does not change what %s answers', async (command, answer) => {
    const { code, stderr } = await bash(cwd, `widthwise ${command} | head -c0; exit \${PIPESTATUS[0]}`);
    expect({ code, stderr }).toEqual({ code: answer, stderr: '' });
  });
});
