import type { Library } from '../../interpret/library.ts';

/** Packages whose decorators register, compile, check or document what they are put on, and leave what it computes. */
const PACKAGES: ReadonlySet<string> = new Set(
  `abc attr attrs beartype builtins cachetools click contextlib dataclasses deprecated enum fire flash_attn functools
gin hydra jaxtyping lightning nvtx overrides pydantic pytest pytorch_lightning ray tenacity timm torch torchvision
transformers triton typeguard typer typing typing_extensions unittest warnings`.split(/\s+/),
);

/** The same of decorators that packages are known for, wherever they are imported from. */
const NAMES: ReadonlySet<string> = new Set(
  `accepts_precomputed_kwargs add_code_sample_docstrings add_component add_end_docstrings add_start_docstrings
add_start_docstrings_to_model_forward auto_docstring auto_fp16 autocast beta_feature cache cached_property
can_return_tuple capture_init capture_outputs check_model_inputs compile compile_compatible_method_lru_cache
configurable copy_func custom_bwd custom_fwd dataclass define deprecate_kwarg deprecated disable_compiler
dynamic_rope_update filter_output_hidden_states force_accelerate_hooks force_fp32 hf_hub_download inherit_docstring
instantiate lru_cache maybe_compile merge_with_config_defaults override persistent_class positional_deprecated
profile profile_decorator record register register_as register_fx_node_fix register_model register_model_architecture
register_module register_notrace_function register_notrace_module register_to_config registered
replace_list_option_in_docstrings replace_return_docstrings requires select_hidden_states store strict typechecked
use_experts_implementation use_kernel_forward_from_hub use_kernel_func_from_hub_with_fallback use_kernelized_func
validate_call wraps`.split(/\s+/),
);

/** What decorators do that are imported. */
export const decorators: Library = {
  roots: [],
  leavesDecorated(qualified) {
    const names = qualified.split('.');
    return PACKAGES.has(names[0] ?? '') || NAMES.has(names.at(-1) ?? '');
  },
};
