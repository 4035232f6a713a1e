import { describe, expect, test } from 'vitest';
import { csvDataset } from './csv.ts';
import { readCsv } from './csv-records.ts';
import { DataError } from './data-error.ts';

describe('reading CSV', () => {
  test('splits fields and counts lines through quotes, blank lines and every line end', () => {
    const text = '\uFEFFa, "b ""q"", c" ,d\r\n\n"two\nlines",2 , 3\n4,"",6';
    expect(readCsv(text)).toEqual([
      { line: 1, fields: ['a', 'b "q", c', 'd'] },
      { line: 3, fields: ['two\nlines', '2', '3'] },
      { line: 5, fields: ['4', '', '6'] },
    ]);
  });

  test('reads a last line with and without its line end', () => {
    expect(readCsv('1,2')).toEqual(readCsv('1,2\n'));
    expect(readCsv('1,')).toEqual([{ line: 1, fields: ['1', ''] }]);
    expect(readCsv('')).toEqual([]);
  });
});

describe('a CSV data set', () => {
  test('has its columns standardized and divided by √d', () => {
    const { inputs, inputDim, samples } = csvDataset('1,10,0.5\n3,10,1.5\n');
    expect({ inputDim, samples }).toEqual({ inputDim: 2, samples: 2 });
    expect(inputs).toBeCloseToAll([-1 / Math.SQRT2, 0, 1 / Math.SQRT2, 0]); // the constant column becomes 0
  });

  test('takes few integer labels as classes in ascending order', () => {
    const { targets, outputDim } = csvDataset('x,class\n1,7\n2,-1\n4,7\n8,3\n');
    expect(outputDim).toBe(3);
    const [low, high] = [-1 / 3, 2 / 3];
    expect(targets).toBeCloseToAll([low, low, high, high, low, low, low, low, high, low, high, low]);
  });

  test('takes fractions, and more than twenty integers, as a standardized target', () => {
    expect(csvDataset('1,0.5\n2,1.5\n').targets).toBeCloseToAll([-1, 1]);
    const many = Array.from({ length: 21 }, (_, i) => `${i * i},${i}`).join('\n');
    const { targets, outputDim } = csvDataset(many);
    expect(outputDim).toBe(1);
    expect([targets.reduce((a, b) => a + b), targets.reduce((a, b) => a + b * b, 0) / 21]).toBeCloseToAll([
      0, 1,
    ]);
    expect(csvDataset(many.split('\n').slice(1).join('\n')).outputDim).toBe(20);
  });

  test('finds its label by name and by number', () => {
    const text = '"y, the label",x\n0,1\n1,5\n';
    const byName = csvDataset(text, { label: 'y, the label' });
    expect(byName.outputDim).toBe(2);
    expect(csvDataset(text, { label: '1' })).toEqual(byName);
    expect(csvDataset(text, { label: '2' })).toEqual(csvDataset(text));
  });

  test.each([
    ['', 'the file is empty'],
    ['\n\n', 'the file is empty'],
    ['1,2\n3,4\n5,abc\n', "line 3, column 2: 'abc' is not a number"],
    ['1,abc\n2,3\n', "line 1, column 2: 'abc' is not a number"],
    ['a,b\nc,d\n', "line 2, column 1: 'c' is not a number"],
    ['1,2\n3,0x10\n', "line 2, column 2: '0x10' is not a number"],
    ['1,2\n3,NaN\n', "line 2, column 2: 'NaN' is not a finite number"],
    ['1,2\n-Infinity,3\n', "line 2, column 1: '-Infinity' is not a finite number"],
    ['1,2\n1e999,3\n', "line 2, column 1: '1e999' is not a finite number"],
    ['1,2\n,3\n', 'line 2, column 1: the field is empty'],
    ['1,2\n3\n', 'line 2: expected 2 columns, got 1'],
    ['1,2\n3,4,5\n', 'line 2: expected 2 columns, got 3'],
    ['1,2\n', 'expected at least two rows of numbers, got 1'],
    ['a,b\n', 'expected at least two rows of numbers, got 0'],
    ['1\n2\n', 'expected at least two columns separated by commas, one of them the label, got 1'],
    ['1;2\n3;4\n', 'expected at least two columns separated by commas, one of them the label, got 1'],
    ['1,"2"3\n4,5\n', "line 1: '3' follows a closing quote"],
    ['1,2\n1,3\n', 'every input column is constant'],
    ['1,2\n2,2\n', 'the label in column 2 is always 2'],
    ['1,"2\n3,4\n', 'line 1: a quote is opened and never closed'],
  ])('is refused with the place: %j', (text, message) => {
    expect(() => csvDataset(text)).toThrow(new DataError(message));
  });

  test.each([
    ['1,2\n3,4\n', 'y', "label: the file has no header, so the column must be a number from 1 to 2, got 'y'"],
    ['a,b\n3,4\n', 'y', "label: no column is named 'y'; there are a, b"],
    ['1,2\n3,4\n', '3', 'label: expected a column from 1 to 2, got 3'],
    ['1,2\n3,4\n', '0', 'label: expected a column from 1 to 2, got 0'],
  ])('is refused for an unknown label: %j, %s', (text, label, message) => {
    expect(() => csvDataset(text, { label })).toThrow(new DataError(message));
  });
});
