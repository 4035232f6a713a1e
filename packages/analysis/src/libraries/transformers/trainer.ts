/** Of `transformers.trainer` and `transformers.training_args`: one rate for all parameters, whatever their decay. */
export const TRAINER = `
from torch.optim import SGD, Adafactor, AdamW

class TrainingArguments:
    def __init__(self, output_dir=None, learning_rate=5e-5, weight_decay=0.0, optim='adamw_torch', **kwargs):
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.optim = optim

class Seq2SeqTrainingArguments(TrainingArguments):
    pass

class Trainer:
    def __init__(self, model=None, args=None, data_collator=None, train_dataset=None, eval_dataset=None,
                 processing_class=None, model_init=None, compute_loss_func=None, compute_metrics=None,
                 callbacks=None, optimizers=(None, None), **kwargs):
        self.model = model if model is not None else model_init()
        self.args = args
        self.optimizer = optimizers[0]

    def create_optimizer(self):
        if self.optimizer is None:
            if 'adamw' in self.args.optim:
                self.optimizer = AdamW(self.model.parameters(), lr=self.args.learning_rate)
            elif self.args.optim == 'sgd':
                self.optimizer = SGD(self.model.parameters(), lr=self.args.learning_rate)
            elif self.args.optim == 'adafactor':
                self.optimizer = Adafactor(self.model.parameters(), lr=self.args.learning_rate)
        return self.optimizer

    def create_optimizer_and_scheduler(self, num_training_steps):
        self.create_optimizer()

    def train(self, resume_from_checkpoint=None, trial=None, ignore_keys_for_eval=None, **kwargs):
        self.create_optimizer_and_scheduler(1)
        self.optimizer.step()

class Seq2SeqTrainer(Trainer):
    pass
`;
