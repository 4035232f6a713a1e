import type { Library } from '../../interpret/library.ts';

/** Packages that train, wrap, count, log or save models, and leave what these compute and where they start. */
const PACKAGES: ReadonlySet<string> = new Set(
  `accelerate aim apex bitsandbytes builtins calflops captum clearml collections comet_ml contextlib coremltools copy
datasets deepspeed diffusers ema_pytorch evaluate fairscale fastai functools fvcore gc horovod huggingface_hub hydra
ignite inspect io itertools joblib json lightning lightning_fabric lm_eval logging matplotlib mlflow mmengine neptune
numpy omegaconf onnx onnxruntime openvino optuna os pandas peft pickle pprint psutil ptflops pytest pytorch_lightning
random ray rich safetensors scipy skorch sklearn sys swanlab tensorboard tensorboardX tensorrt thop time timm torch
torch_ema torch_optimizer torch_tensorrt torch_xla torchaudio torchdata torchinfo torchmetrics torchsummary torchtext
torchtune torchvision torchviz tqdm trackio transformers trl typing unittest vllm wandb warnings xformers`.split(
    /\s+/,
  ),
);

/** What functions are called that leave a model as it is: those that use it, look at it, move it or keep it. */
const LEAVES = new RegExp(
  `^_*(?:${[
    'train|fit|finetune|fine_tune|run|main|loop|launch|eval|valid|test|infer|predict|forward|generate|decode|sample|chat|demo',
    'measure|bench|profile|trace|time|estimate|calc|compute|score|perplexity|accuracy|loss|flops|mfu|macs',
    'count|num|n_params|len|total|sum|mean|summar|print|pprint|pretty|log|report|show|display|plot|visuali|draw|render|describe',
    'inspect|check|verify|validate|assert|debug|is_|has_|compare|diff|analy|stats|hist|repr|str$|format|name|id$|type$',
    'save|dump|export|serialize|write|store|checkpoint|upload|push|publish|to_onnx|archive|backup',
    'watch|track|monitor|record|register$|add$|append|extend|insert|setdefault|index$|remove|discard|collect|gather|find|filter|list|iter',
    'get_(?:num|n_|param|model_size|optim|lr|state|full|flops|stat|grad|trainable|layer|module|name|device|dtype|total|memory|size|activation|embedding|group|decay|fsdp|policy|batch|logits|loss)',
    '(?:make|build|create|configure|init|initiali[sz]e|setup|get|wrap|prepare)_?(?:\\w*_)?(?:optim|scheduler|lr|group|engine|trainer|logger|wandb|ema|tokenizer|loader|data|dist|ddp|fsdp|process|device|evaluat|sampler|callback|profil|writer|metric|experiment|run)',
    'setup$|setup_modules?$|prepare$|prepare_(?:model|ddp|fsdp|optimizer)|(?:un)?toggle_optimizer',
    'unwrap|compile|maybe_compile|parallel|distribut|shard|fully_shard|ddp|fsdp|replicate|broadcast|sync|barrier|all_?reduce|offload|to$|to_|move|place|cast|convert|half$|float|quanti|bf16|fp8|fp16|autocast',
    'apply_(?:ac|tp|ddp|fsdp|compile|activation|checkpointing|parallel|sharding)|activation_checkpoint|gradient_checkpoint',
    'freeze|unfreeze|requires_grad|set_requires_grad|set_grad|set_train|set_eval|set_mode|set_seed|seed|enable|disable|zero_grad|clip|backward|step|unscale',
    'update|ema|swa|average|copy|clone|deepcopy|state_dict|params?$|parameters$|wd|no_decay|split_param|separate_param|group_param|param_group|optim|on_|close|open|start|end|stop|finish|wait|sleep',
  ].join('|')})`,
  'i',
);

/** What classes are called whose objects use a model or hold it, and are none themselves. */
const HOLDS =
  /(?:Train(?:er|ing\w*)?|Engine|EMA|Ema\w*|Evaluat\w*|Eval|Test\w*|Logg\w*|Generat\w*|Sampl\w*|Writ\w*|Callback|Profil\w*|Summary|Parallel|DDP|FSDP|Pipeline|Checkpoint\w*|Monitor|Watch\w*|Runner|Learner|Manager|Loader|Predict\w*|Infer\w*|Optimizer|Scheduler|Scaler|Loss|Criterion|Metric\w*|Hook|Session|Server|Agent|Swa|Averag\w*|Visuali\w*|Inspect\w*|Stats?|State|Config|Tracker|Counter)$/i;

/** What tells of more in any name. */
const CHANGES =
  /(?<!grad|loss)_?scal(?!ar)|mup|mu_?p(?![a-z])|multipl|normali[sz]e|reparam|patch|shrink|initiali[sz]e_w|init_w|_init$|_mu$|^(?:update|copy|move)_(?:\w+_)?(?:weights?|params?)$|norm_fix|^(?:convert|prepare)_model$/i;

/** By convention. */
const IS_CLASS = /^_*[A-Z]/;

/** What other packages do to a model that they are handed. */
export const tools: Library = {
  roots: [],
  leavesModel(qualified) {
    const dot = qualified.indexOf('.');
    const name = qualified.slice(qualified.lastIndexOf('.') + 1);
    if (dot > 0 && PACKAGES.has(qualified.slice(0, dot))) return true;
    if (CHANGES.test(name)) return false;
    return IS_CLASS.test(name) ? HOLDS.test(name) : LEAVES.test(name);
  },
};
