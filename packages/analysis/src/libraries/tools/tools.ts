import type { Library } from '../../interpret/machine/library.ts';
import { doesMore, wordSet, wordsOf } from '../../syntax/name-words.ts';

/** Packages that train, wrap, count, log or save models, and leave what these compute and where they start. */
const PACKAGES = wordSet(
  `accelerate aim apex bitsandbytes builtins calflops captum clearml collections comet_ml contextlib coremltools copy
datasets deepspeed diffusers ema_pytorch evaluate fairscale fastai functools fvcore gc horovod huggingface_hub hydra
ignite inspect io itertools joblib json lightning lightning_fabric lm_eval logging matplotlib mlflow mmengine neptune
numpy omegaconf onnx onnxruntime openvino optuna os pandas peft pickle pprint psutil ptflops pytest pytorch_lightning
random ray rich safetensors scipy skorch sklearn sys swanlab tensorboard tensorboardX tensorrt thop time timm torch
torch_ema torch_optimizer torch_tensorrt torch_xla torchaudio torchdata torchinfo torchmetrics torchsummary torchtext
torchtune torchvision torchviz tqdm trackio transformers trl typing unittest vllm wandb warnings xformers`,
);

/** What a function does to a model by its first word, whatever follows: it looks at it, or writes it down. */
const LOOKS = wordSet(
  `measure bench benchmark profile estimate calc calculate compute score perplexity accuracy flops mfu macs count num n
len total sum summary summarize print pprint log report show display plot visualize visualise describe inspect check verify validate
assert debug is has compare diff analyze analyse stats hist repr str save dump export serialize write store checkpoint
upload push publish backup watch track monitor record find list iter named eval evaluate evaluation test infer inference
predict chat demo`,
);

/** The same where no word says that it is about the weights or parts of it: it uses the model as it is. */
const USES = wordSet(
  `accumulate train training fit finetune run main loop launch forward generate generation decode sample trace time draw render format name id type register append extend insert setdefault index remove discard collect gather filter unwrap
compile parallelize distribute shard replicate broadcast sync barrier allreduce offload to move cast half float quantize
quantise bf16 fp8 fp16 autocast ddp fsdp zero backward step unscale clip ema swa average copy clone deepcopy on close
open start end stop finish wait sleep seed toggle untoggle archive setup prepare update add loss valid val state param
params parameters wd optim`,
);

/** What follows in a name that is about the weights of a model or parts of it. */
const PARTS = wordSet(
  `weight weights layer layers module modules block blocks head heads adapter adapters bias biases norm norms output outputs input inputs logits gain gains embedding embeddings kernel kernels noise`,
);

/** What functions make beside a model, or do to more than it. */
const MAKES = wordSet(
  'make build create configure init initialize initialise setup get wrap prepare apply update',
);
const MADE = wordSet(
  `optim optims optimizer optimizers optimiser scheduler schedulers lr engine trainer logger wandb ema tokenizer loader
loaders dataloader data dist ddp fsdp process device devices evaluator sampler callback callbacks profiler profiling writer
metric metrics experiment run ac tp compile checkpointing parallelism parallel sharding distributed`,
);

/** What functions get of a model: `get_num_params`. */
const GOT = wordSet(
  `num n param params parameters model size optim optimizer lr state full flops stat stats grad grads gradients trainable
layer layers module modules name names device dtype total memory activation activations embedding embeddings group groups
decay fsdp policy batch logits loss`,
);

/** What functions switch on and off, and what of a model they may. */
const SETS = wordSet(
  'freeze unfreeze requires set enable disable activation gradient fully maybe split separate group no',
);
const SET = wordSet(
  `grad grads gradient gradients train training eval evaluation mode seed checkpoint checkpointing compile shard sharding
param params parameters wd decay weight freeze unfreeze tf32 amp cudnn determinism deterministic model backbone encoder
running stats dropout sync backward`,
);

/** What classes are called whose objects use a model or hold it, and are none themselves. */
const HOLDS = wordSet(
  `trainer training trainloop engine ema evaluator evaluation eval tester logger logging generator generation sampler
sampling writer callback profiler profiling summary parallel ddp fsdp pipeline checkpoint checkpointer checkpointing
monitor watcher runner learner manager loader predictor predict inferencer inference optimizer scheduler scaler loss
criterion metric metrics session server agent swa averager averaged visualizer inspector stat stats state config tracker
counter tester`,
);

/** Words that tell of more, wherever they stand in a name or in the path of what it comes from. */
const CHANGES = wordSet(
  `scale scales scaled scaling rescale rescaled rescaling upscale downscale mup mu multiply multiplied multiplier
multipliers normalize normalise normalization normalisation renormalize reparam reparametrize reparameterize reparameterise
patch patched patches patcher shrink spectral prune pruned pruning widen fuse fused rewire reweight lora adapt mix merge
temper temperature spike`,
);

/** The same of the last part of a name alone. */
const CHANGES_LAST: readonly RegExp[] = [
  /(?:^|_)mu_?p(?:_|$)/i,
  /^(?:update|copy|move)_(?:\w+_)?(?:weights?|params?)$/i,
  /^(?:convert|prepare|patch)_model$/i,
  /initiali[sz]e_w|init_w|_init$/i,
];

/** By convention. */
const IS_CLASS = /^_*[A-Z]/;

/** `GradScaler`, `loss_scale`: of these, nothing of a model. */
const SCALED_BESIDE = wordSet('grad gradient loss amp');

function changes(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word, at) => CHANGES.has(word) && !SCALED_BESIDE.has(words[at - 1] ?? ''));
}

/** `make_optimizer(model, width)`: numbers beside the model are for what is made. */
function makesOther([first = '', ...rest]: readonly string[]): boolean {
  return MAKES.has(first) && rest.some((word) => MADE.has(word));
}

function isHolder(name: string): boolean {
  return HOLDS.has(wordsOf(name).at(-1) ?? '');
}

function leaves(name: string): boolean {
  const words = wordsOf(name);
  const [first = '', ...rest] = words;
  if (doesMore(words, isKnown)) return false;
  if (LOOKS.has(first)) return true;
  if (first === 'get') return rest.some((word) => GOT.has(word));
  if (SETS.has(first)) return [first, ...rest].some((word) => SET.has(word)) && !rest.includes('bias');
  return USES.has(first) && !rest.some((word) => PARTS.has(word)) && !isOfModel(first, rest);
}

function isKnown(word: string): boolean {
  return [LOOKS, USES, MADE, GOT, HOLDS].some((words) => words.has(word));
}

/** `setup_model`, `add_model`: what becomes of it is in no other word. */
function isOfModel(first: string, rest: readonly string[]): boolean {
  return AMBIGUOUS.has(first) && rest.length > 0;
}

const AMBIGUOUS = wordSet('setup prepare update add register insert');

/** What other packages do to a model that they are handed. */
export const tools: Library = {
  roots: [],
  leavesModel(qualified) {
    const dot = qualified.indexOf('.');
    const name = qualified.slice(qualified.lastIndexOf('.') + 1);
    if (dot > 0 && PACKAGES.has(qualified.slice(0, dot))) return 'surely';
    if (changes(qualified) || CHANGES_LAST.some((pattern) => pattern.test(name))) return null;
    if (IS_CLASS.test(name)) return isHolder(name) ? 'by-name' : null;
    if (makesOther(wordsOf(name))) return 'surely';
    return leaves(name) ? 'by-name' : null;
  },
};
