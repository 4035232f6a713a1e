import { codeSpan } from '@widthwise/core';
import type { Unread } from '../unread.ts';

/** Why something of a text was not read: a clause behind its name. */
export function unreadText(unread: Unread): string {
  switch (unread.kind) {
    case 'too-long':
      return `is not read: ${megabytes(unread.length)}, more than the ${megabytes(unread.most)} that are read of one file`;
    case 'work':
      return `is not read further than line ${unread.line}: that takes more work than one file gets, and none of its models is known`;
    case 'time':
      return `is not read further than line ${unread.line}: that took too long, and none of its models is known`;
    case 'models':
      return `is read in part: all of its models take more work than one file gets, and those up to line ${unread.line} are not known`;
    case 'alone':
      return 'is read without what it imports and what uses it: with these it takes more work than one file gets';
    case 'models-alone':
      return `is read in part: its models up to line ${unread.line} are read without what it imports and what uses it, with which they take more work than one file gets`;
    case 'functions':
      return `is read in part: running the function of line ${unread.line} takes more work than one file gets, and what it does to a model is not known`;
    case 'script':
      return `is read in part: running its code takes more work than one file gets and stopped at line ${unread.line}, and how it trains its models is not known`;
    case 'nesting':
      return `is not read whole: from line ${unread.line}${moduleText(unread.module)} on blocks are nested deeper or longer than is read, and models with such blocks in them are left out`;
    case 'syntax':
      return `is not read whole: line ${unread.line} cannot be parsed, and nothing is said of its models`;
    case 'rule':
      return `is not checked whole: ${unread.code} failed on ${unread.model} (${unread.problem})`;
    case 'failed':
      return `is not read: the analysis failed (${unread.problem})`;
  }
}

function moduleText(module: string | undefined): string {
  return module === undefined ? '' : ` of the module ${codeSpan(module)}, which it imports,`;
}

function megabytes(characters: number): string {
  return `${(characters / 1e6).toFixed(1).replace(/\.0$/, '')} MB`;
}
