import type { Library } from '../../interpret/machine/library.ts';

/** What a file of settings has under a section and a name, which stands for itself, as an argument of a script does. */
const CONFIG_PARSER = `
import argparse

class _Section:
    def __init__(self, *args, **kwargs):
        self._settings = argparse.ArgumentParser().parse_args()

    def get(self, option, fallback=None, **kwargs):
        return getattr(self._settings, option)

    def getint(self, option, fallback=None, **kwargs):
        return getattr(self._settings, option)

    def getfloat(self, option, fallback=None, **kwargs):
        return getattr(self._settings, option)

    def getboolean(self, option, fallback=None, **kwargs):
        return getattr(self._settings, option)

    def __getitem__(self, option):
        return getattr(self._settings, option)

class RawConfigParser:
    def __init__(self, *args, **kwargs):
        self._section = _Section()

    def read(self, filenames, encoding=None):
        return []

    def read_file(self, f, source=None):
        pass

    def read_string(self, string, source='<string>'):
        pass

    def get(self, section, option, **kwargs):
        return self._section.get(option)

    def getint(self, section, option, **kwargs):
        return self._section.get(option)

    def getfloat(self, section, option, **kwargs):
        return self._section.get(option)

    def getboolean(self, section, option, **kwargs):
        return self._section.get(option)

    def __getitem__(self, section):
        return self._section

class ConfigParser(RawConfigParser):
    pass

class SafeConfigParser(RawConfigParser):
    pass
`;

/** Flags of a command line, each with its default. */
const ABSL_FLAGS = `
import argparse

_parser = argparse.ArgumentParser()
FLAGS = _parser.parse_args()

def _define(name, default, help=None, **kwargs):
    _parser.add_argument('--' + name, default=default)

DEFINE_integer = DEFINE_float = DEFINE_bool = DEFINE_boolean = DEFINE_string = DEFINE_list = _define

def DEFINE_enum(name, default, enum_values, help=None, **kwargs):
    _define(name, default)
`;

const MODULES: ReadonlyMap<string, string> = new Map([
  ['configparser', CONFIG_PARSER],
  ['absl.flags', ABSL_FLAGS],
]);

/** Packages that read settings out of files, where those are no objects with attributes. */
export const settings: Library = {
  roots: ['configparser', 'absl'],
  described: MODULES,
};
