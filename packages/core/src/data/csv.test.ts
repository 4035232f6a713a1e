import { describe, expect, test } from 'vitest';
import { csvDataset } from './csv.ts';
import { csvReadingText } from './csv-reading.ts';
import { readCsv, separatorOf } from './csv-records.ts';
import type { Dataset } from './dataset.ts';

function datasetOf(text: string, options: { readonly label?: string } = {}): Dataset {
  return csvDataset(text, options).dataset;
}

function readingOf(text: string, options: { readonly label?: string } = {}): string {
  return csvReadingText(csvDataset(text, options).reading);
}

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
    const { inputs, inputDim, samples } = datasetOf('1,10,0.5\n3,10,1.5\n');
    expect({ inputDim, samples }).toEqual({ inputDim: 2, samples: 2 });
    expect(inputs).toBeCloseToAll([-1 / Math.SQRT2, 0, 1 / Math.SQRT2, 0]); // the constant column becomes 0
  });

  test('takes few integer labels as classes in ascending order', () => {
    const { targets, outputDim } = datasetOf('x,class\n1,7\n2,-1\n4,7\n8,3\n');
    expect(outputDim).toBe(3);
    const [low, high] = [-1 / 3, 2 / 3];
    expect(targets).toBeCloseToAll([low, low, high, high, low, low, low, low, high, low, high, low]);
  });

  test('takes fractions, more than twenty integers, and numbers too large to count anything as a standardized target', () => {
    expect(datasetOf('1,0.5\n2,1.5\n').targets).toBeCloseToAll([-1, 1]);
    expect(datasetOf('1,1.5e99\n2,-2.5e99\n3,9.5e99\n').outputDim).toBe(1);
    const many = Array.from({ length: 21 }, (_, i) => `${i * i},${i}`).join('\n');
    const { targets, outputDim } = datasetOf(many);
    expect(outputDim).toBe(1);
    expect([targets.reduce((a, b) => a + b), targets.reduce((a, b) => a + b * b, 0) / 21]).toBeCloseToAll([
      0, 1,
    ]);
    expect(datasetOf(many.split('\n').slice(1).join('\n')).outputDim).toBe(20);
  });

  test('finds its label by name and by number', () => {
    const text = '"y, the label",x\n0,1\n1,5\n';
    const byName = datasetOf(text, { label: 'y, the label' });
    expect(byName.outputDim).toBe(2);
    expect(datasetOf(text, { label: '1' })).toEqual(byName);
    expect(datasetOf(text, { label: '2' })).toEqual(datasetOf(text));
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
    [
      '1\n2\n',
      'expected at least two columns separated by commas, semicolons or tabs, one of them the label, got 1',
    ],
    [
      'x;y\n1,5;2\n3,5;4\n',
      "line 2, column 1: '1,5' has a decimal comma; write numbers with a decimal point",
    ],
    ['1,5;2\n3,5;4\n', "line 1, column 1: '1,5' has a decimal comma; write numbers with a decimal point"],
    [
      'x;y\n1;2,5\n3;4,5\n',
      "line 2, column 2: '2,5' has a decimal comma; write numbers with a decimal point",
    ],
    ['x;y\n1;2\n3\n', 'line 3: expected 2 columns, got 1'],
    [`1,${'a'.repeat(999)}\n2,3\n`, `line 1, column 2: '${'a'.repeat(40)}…' is not a number`],
    [
      `x,name\n${Array.from({ length: 21 }, (_, i) => `${i},row ${i}`).join('\n')}`,
      'the label in column 2 is another text in every row, so it names no classes',
    ],
    ['x,name\n1,cat\n2,cat\n', 'the label in column 2 is always cat'],
    ['1,"2"3\n4,5\n', "line 1: '3' follows a closing quote"],
    ['1,2\n1,3\n', 'every input column is constant'],
    ['1,2\n2,2\n', 'the label in column 2 is always 2'],
    ['1,"2\n3,4\n', 'line 1: a quote is opened and never closed'],
  ])('is refused with the place: %j', (text, message) => {
    expect(() => datasetOf(text)).toThrow(expect.objectContaining({ message }));
  });

  test.each([
    ['1,2\n3,4\n', 'y', "label: the file has no header, so the column must be a number from 1 to 2, got 'y'"],
    ['a,b\n3,4\n', 'y', "label: no column is named 'y' (did you mean 'a'?); there are a, b"],
    [
      `${Array.from({ length: 3000 }, (_, i) => `pixel${i}`).join()},Label\n`,
      'label',
      "label: no column is named 'label' (did you mean 'Label'?); there are pixel0, pixel1, pixel2, pixel3, pixel4, pixel5, pixel6, pixel7, pixel8, pixel9 and 2991 more",
    ],
    ['1,2\n3,4\n', '3', 'label: expected a column from 1 to 2, got 3'],
    ['1,2\n3,4\n', '0', 'label: expected a column from 1 to 2, got 0'],
  ])('is refused for an unknown label: %j, %s', (text, label, message) => {
    expect(() => datasetOf(text, { label })).toThrow(expect.objectContaining({ message }));
  });
});

describe('a CSV file is read as it was meant:', () => {
  test.each([
    ['a;b;c', ';'],
    ['1,5;2,5', ';'],
    ['a\tb c\td', '\t'],
    ['a,b', ','],
    ['1,\t2 ,3', ','],
    ['"a;b\tc",d', ','],
    ['\uFEFF\n"a, b";c', ';'],
    ['a', ','],
  ])('%j is separated by %j', (first, separator) => {
    expect(separatorOf(`${first}\n1,2;3\t4`)).toBe(separator);
  });

  test.each([
    ['semicolons', 'x;y\n1;0\n2;1\n4;1\n'],
    ['tabs', 'x\ty\n1\t0\n2\t1\n4\t1\n'],
    ['carriage returns', 'x,y\r1,0\r2,1\r4,1\r'],
  ])('%s separate what commas do', (_, text) => {
    expect(datasetOf(text)).toEqual(datasetOf('x,y\n1,0\n2,1\n4,1\n'));
  });

  test('tabs keep their empty fields', () => {
    expect(readCsv('\t\t3\n', '\t')).toEqual([{ line: 1, fields: ['', '', '3'] }]);
  });

  test('a quoted field holds semicolons and line breaks', () => {
    expect(readCsv('1;"a; ""b""\nc"\n2;d', ';')).toEqual([
      { line: 1, fields: ['1', 'a; "b"\nc'] },
      { line: 3, fields: ['2', 'd'] },
    ]);
  });

  test('names of classes are classes, in the order of their characters', () => {
    expect(datasetOf('x,species\n1,setosa\n3,versicolor\n4,setosa\n')).toEqual(
      datasetOf('x,species\n1,0\n3,1\n4,0\n'),
    );
    expect(datasetOf('species,x\nB,1\nA,3\n', { label: 'species' })).toEqual(
      datasetOf('species,x\n1,1\n0,3\n', { label: 'species' }),
    );
    const letters = Array.from({ length: 52 }, (_, i) => `${i * i},${String.fromCharCode(65 + (i % 26))}`);
    expect(datasetOf(letters.join('\n')).outputDim).toBe(26);
  });

  test('a first row that only counts the columns is a header, of two columns it is a sample', () => {
    const rows = '5,7,1,0\n6,6,2,1\n8,9,4,0\n';
    expect(datasetOf(`1,2,3,4\n${rows}`)).toEqual(datasetOf(`a,b,c,d\n${rows}`));
    expect(datasetOf(`0,1,2,3\n${rows}`, { label: '3' })).toEqual(datasetOf(`a,b,c,d\n${rows}`));
    expect(datasetOf(`1,2,4,3\n${rows}`).samples).toBe(4);
    expect(datasetOf('1,2\n3,4\n').samples).toBe(2);
  });

  test.each([
    [
      'a,b,kind\n1,2,0\n3,1,1\n5,7,0\n',
      "2 inputs, 2 classes from column 3 'kind', a header, separated by commas",
    ],
    ['1;0\n2;1\n4;0\n', '1 input, 2 classes from column 2, no header, separated by semicolons'],
    [
      '1\t2\t3\n4\t1\t.5\n5\t2\t.25\n6\t3\t1\n',
      "2 inputs, regression from column 3 '3', a header that numbers the columns, separated by tabs",
    ],
    [
      Array.from({ length: 26 }, (_, i) => `${i * i},${i}`).join('\n'),
      '1 input, regression (26 integers are too many to be taken for classes) from column 2, no header, separated by commas',
    ],
    [
      'x,y,z\n1,5,.4\n2,7,.3\n1,5,.4\n',
      "2 inputs, regression from column 3 'z', a header, separated by commas; its two distinct rows are opposite once columns are centered, so that features of an odd activation are linearly dependent at every width: more rows are needed",
    ],
  ])('%j says how', (text, sentence) => {
    expect(readingOf(text)).toBe(sentence);
  });
});
