import type * as core from '@widthwise/core';
import type * as wire from '@widthwise/protocol';
import { expectTypeOf, test } from 'vitest';

test('the enumerations of the wire are those of core', () => {
  expectTypeOf<wire.QuantityName>().toEqualTypeOf<core.QuantityName>();
  expectTypeOf<wire.ActivationName>().toEqualTypeOf<core.ActivationName>();
  expectTypeOf<wire.Verdict['richness']>().toEqualTypeOf<core.ComparisonVerdict['richness']>();
});

test('what is measured crosses the wire field by field', () => {
  expectTypeOf<wire.Series>().toEqualTypeOf<core.Series>();
  expectTypeOf<wire.Slope>().toEqualTypeOf<core.Slope>();
  expectTypeOf<wire.Slopes>().toEqualTypeOf<core.ComparisonSlopes>();
  expectTypeOf<wire.LayerOutcome>().toEqualTypeOf<core.ComparisonLayer>();
  expectTypeOf<wire.RunOutcome>().toEqualTypeOf<
    Pick<core.ComparisonRow, 'loss' | 'outputChange' | 'layers'>
  >();
});

test('what a coordinate check finds crosses the wire field by field', () => {
  expectTypeOf<wire.CoordinateVerdict>().toEqualTypeOf<NonNullable<core.CoordinateReport['verdict']>>();
  expectTypeOf<wire.CoordinateLayer>().toEqualTypeOf<core.CoordinateReport['layers'][number]>();
});
