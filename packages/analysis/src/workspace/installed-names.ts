/** The modules of Python's standard library: `sys.stdlib_module_names` of Python 3.11, without those that begin with `_`. */
const STANDARD = `
  abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii
  bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
  compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses
  datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl
  filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib
  grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools
  json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
  modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator
  optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix
  posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re
  readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site
  smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat
  statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
  telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace
  traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings
  wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
`;

/**
 * Packages of PyPI, by the names that code imports them by. Kept by hand: what research code imports most, and whose name a
 * file of a project may have, too (`clip.py`). Requirements of a project do not say it, as they have other names (`Pillow`
 * for `PIL`). One that is missing here costs no more than its look: a file is taken for it only where no other has its name
 * and the file does not import that itself.
 */
const PACKAGES = `
  absl accelerate addict albumentations apex attr av bitsandbytes boto3 clip cloudpickle colorama cv2 Cython
  datasets deepspeed dgl diffusers dill docker easydict einops evaluate fairscale fairseq faiss fastapi
  filelock fire flash_attn flask fsspec ftfy gensim git gym gymnasium h5py hydra IPython jax jinja2 joblib
  jsonlines kornia librosa lightning lightning_fabric lmdb loguru lpips matplotlib megatron mlflow mmcv
  mmengine mpi4py msgpack mup mup_patch natsort neptune networkx nltk numba numpy omegaconf onnx onnxruntime
  openai opt_einsum optuna orjson packaging pandas peft PIL pkg_resources plotly polars psutil pyarrow
  pydantic pytest pytorch_lightning pytz ray regex requests rich sacrebleu safetensors scipy seaborn
  sentence_transformers sentencepiece setuptools simple_parsing six skimage sklearn soundfile spacy submitit
  sympy tabulate tensorboard tensorboardX tensorflow termcolor tiktoken timm tokenizers toml torch
  torch_geometric torch_scatter torch_sparse torchaudio torchdata torchmetrics torchtext torchtune
  torchvision tqdm transformer_engine transformer_lens transformers triton trl typer typing_extensions tyro
  ujson visdom wandb webdataset xformers yacs yaml zarr
`;

const NAMES: ReadonlySet<string> = new Set(
  `${STANDARD} ${PACKAGES}`.split(/\s+/).filter((name) => name !== ''),
);

/** Whether a name is that of something installed, whatever file of a package has it, too. */
export function isInstalled(name: string): boolean {
  return NAMES.has(name);
}
