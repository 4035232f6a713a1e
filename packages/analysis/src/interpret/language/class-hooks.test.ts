import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('what a class is given when it is made', () => {
  test('is known of it and of the classes that stand in it', () => {
    checkValues(`
class Registered:
    class Options:
        made_by = None
        def build(self): return self.made_by(self)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = 'seen'
        if 'Options' in cls.__dict__:
            inner = cls.__dict__['Options']
            if not hasattr(inner, 'any'): raise TypeError(cls.__name__)
            if issubclass(inner, Registered.Options): inner.made_by = cls

class Small(Registered):
    class Options(Registered.Options): pass
    def __init__(self, options): self.options = options

class Plain(Registered): pass

Small.tag  # reveals: 'seen'
Small.Options.made_by  # reveals: Small
Small.Options().made_by  # reveals: Small
Small.Options().build()  # reveals: Small
Plain.Options.made_by  # reveals: None
Registered.Options.made_by  # reveals: None
`);
  });

  test('is made of what the class statement says beside its bases', () => {
    checkValues(`
class Scaled:
    def __init_subclass__(cls, power=0.5, **more):
        super().__init_subclass__(**more)
        cls.power = power

class Hidden(Scaled): pass
class Readout(Scaled, power=1.0): pass
class Other(Scaled, **settings): pass
n ** -Hidden.power  # reveals: n^-½
n ** -Readout.power  # reveals: 1/n
n ** -Other.power  # reveals: unknown
`);
  });

  test('may be something else where that hangs on what is not known', () => {
    checkValues(`
class Registered:
    kind = 'plain'
    def __init_subclass__(cls):
        if flag: cls.kind = 'other'

class Small(Registered): pass
Small.kind  # reveals: 'other' or unknown
Registered.kind  # reveals: 'plain'
`);
  });

  test('is replaced by what code sets later', () => {
    checkValues(`
class Registered:
    def __init_subclass__(cls): cls.kind = 'made'

class Small(Registered): pass
Small.kind = 'later'
Small.kind  # reveals: 'later' or 'made'
`);
  });
});

test('a class variable is no field that an instance is given', () => {
  checkValues(`
from dataclasses import dataclass
from typing import ClassVar
@dataclass
class Options:
    shared: ClassVar[int] = 3
    own: int = 4
Options().shared  # reveals: 3
Options(own=5).own  # reveals: Options.own
`);
});
