import type { Library } from '../../interpret/machine/library.ts';

/** Packages whose decorators register, compile, check or document what they are put on, and leave what it computes. */
const PACKAGES: ReadonlySet<string> = new Set(
  `abc absl accelerate attr attrs beartype builtins cachetools click colossalai contextlib cv2 dataclasses dagster deepspeed
deprecated detectron2 diffusers einops enum fairseq fire flash_attn functools gymnasium huggingface_hub hydra hydra_zen
icontract ignite jaxtyping joblib kernels lightning lightning_fabric lightning_utilities line_profiler loguru memory_profiler
mmcls mmcv mmdet mmengine mmpretrain mmseg modal mlflow nvtx overrides pluggy prefect pydantic pytest pytorch_lightning ray retrying streamlit
spmd_types tenacity timm torch torch_npu torch_xla torchtyping torchvision transformers triton typeguard typer typing typing_extensions
unittest wandb warnings wrapt xformers`.split(/\s+/),
);

/** Decorators of these packages that call another function by what they are given. */
const CHOOSES = /^functools\.singledispatch(?:method)?$/;

/** Those that set something else for as long as a function runs. */
const PATCHES = /^unittest\.mock\./;

/** What decorators do that are imported. */
export const decorators: Library = {
  roots: [],
  leavesDecorated(qualified) {
    const isOfThese = PACKAGES.has(qualified.split('.')[0] ?? '');
    return isOfThese && !CHOOSES.test(qualified) && !PATCHES.test(qualified);
  },
};
