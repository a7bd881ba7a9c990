// The sentences of the core, for the translators: it knows no Qt. %1 to %9 stand for what it puts in, which may be one
// of these sentences in turn. Tests compare them with what the core says.
#include "ui/support/words.h"

#include <QCoreApplication>

namespace winnow::ui {

const std::vector<const char *> &coreStrings()
{
    static const std::vector<const char *> strings{
        // Alerts, and what a training says
        QT_TRANSLATE_NOOP("Core", "%1 is not a number at iteration %2."),
        QT_TRANSLATE_NOOP("Core", "No progress for %1 after iteration %2, where an iteration takes %3."),
        QT_TRANSLATE_NOOP("Core",
                          "The disk of \"%1\" is almost full: %2 are free, %3 are wanted for checkpoints. Free some "
                          "space; the run waits when it is full."),
        QT_TRANSLATE_NOOP("Core",
                          "The weights have piled up: %1 of %2 weights stand at a bound (%3 or %4), so they tell "
                          "little apart. A lower meta learning rate or other bounds may help."),
        QT_TRANSLATE_NOOP("Core", "Few rows carry the training: the effective sample size is %1 of %2 weights (%3)."),
        QT_TRANSLATE_NOOP("Core",
                          "The training loss diverges: its average is %1, after %2 at its lowest and %3 at the "
                          "start. A lower learning rate may help."),
        QT_TRANSLATE_NOOP("Core",
                          "Memory was short: from here on at most %1 rows go through the model at once on each "
                          "worker. The batch stays what it was, its gradients are added up."),
        QT_TRANSLATE_NOOP("Core",
                          "Skipped: %1 is not a number at iteration %2; it changed no weight (%3 skipped so far)."),
        QT_TRANSLATE_NOOP("Core",
                          "Rolled back: %1 is not a number at iteration %2; the weights are those of %3 again (%4 "
                          "roll-backs so far)."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 is not a number at iteration %2; the run can be resumed from its last checkpoint with "
                          "a lower learning rate."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 is not a number at iteration %2; no weight was changed by it. The run can be resumed "
                          "from its last checkpoint with a lower learning rate, or with health.non_finite skip or "
                          "roll-back."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 is not a number at iteration %2, and so it was in the %3 iterations before; the run "
                          "stops, because skipping does not help. Lower the learning rate."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 is not a number at iteration %2, after %3 roll-backs; the run stops. Lower the "
                          "learning rate."),
        QT_TRANSLATE_NOOP("Core",
                          "The processes ended with weights that differ in rounding; those of rank 0 count. "
                          "Processors of one kind give the same bits."),
        QT_TRANSLATE_NOOP("Core", "%1 processes train together; this is rank 0."),
        QT_TRANSLATE_NOOP("Core",
                          "train.drop_path is on, but the drop_path_rate of the checkpoint's config.json is 0 or not "
                          "named: no layer is dropped."),
        // What a run runs on
        QT_TRANSLATE_NOOP("Core", "CPU, %1 cores, LibTorch %2"),
        // States and ends of runs
        QT_TRANSLATE_NOOP("Core", "Checkpoint of iteration %1."),
        QT_TRANSLATE_NOOP("Core", "Paused."),
        QT_TRANSLATE_NOOP("Core", "Goes on."),
        QT_TRANSLATE_NOOP("Core", "Goes on from the checkpoint of iteration %1."),
        QT_TRANSLATE_NOOP("Core", "Finished after %1 iterations."),
        QT_TRANSLATE_NOOP("Core", "Finished after %1 iterations, accuracy %2."),
        QT_TRANSLATE_NOOP("Core", "Stopped at iteration %1 of %2."),
        QT_TRANSLATE_NOOP("Core", "Run %1 is already waiting or at work."),
        QT_TRANSLATE_NOOP("Core", "Run %1 is already at work."),
        QT_TRANSLATE_NOOP("Core", "Run %1 is not at work in this program."),
        QT_TRANSLATE_NOOP("Core", "Run %1 cannot start: the program is closing."),
        QT_TRANSLATE_NOOP("Core", "The run ended by an unexpected fault: %1."),
        QT_TRANSLATE_NOOP("Core", "Cannot make the folder \"%1\" of the run: %2."),
        QT_TRANSLATE_NOOP("Core",
                          "train.batch is %1, too few rows for %2 processes; each needs at least one row of every "
                          "batch."),
        // What a look at the files of a run finds
        QT_TRANSLATE_NOOP("Core", "%1 of %2 rows are left out: %3 (first: row %4)."),
        QT_TRANSLATE_NOOP("Core", "The meta file is of the %1 form."),
        QT_TRANSLATE_NOOP("Core", "answer-level"),
        QT_TRANSLATE_NOOP("Core", "step-level"),
        QT_TRANSLATE_NOOP("Core",
                          "The pictures of %1 of %2 rows cannot be opened (first: row %3, \"%4\"); such rows are "
                          "left out."),
        QT_TRANSLATE_NOOP("Core",
                          "The pictures of %1 of %2 rows cannot be opened (first: row %3, \"%4\"); such rows are "
                          "used as text only."),
        QT_TRANSLATE_NOOP("Core",
                          "The pictures of %1 of %2 rows cannot be opened (first: row %3, \"%4\"); such rows are "
                          "left out. No row would be left: bring the pictures, or set data.missing_picture to "
                          "text-only."),
        QT_TRANSLATE_NOOP("Core",
                          "Training needs about %1 of memory, the machine has %2. Lower the batch, the tiles or the "
                          "threads."),
        QT_TRANSLATE_NOOP("Core",
                          "The disk of \"%1\" has %2 free, two checkpoints need %3. Free some space or choose "
                          "another folder."),
        QT_TRANSLATE_NOOP("Core",
                          "The tokenizer in \"%1\" has %2 tokens, the model only %3. Choose the checkpoint's own "
                          "tokenizer."),
        QT_TRANSLATE_NOOP("Core", "Some training rows have no subject; together they share one domain weight."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 of %2 rows of data.%3 has the %4 of a row of data.%5 (%6): what is measured on them "
                          "is not unseen."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 of %2 rows of data.%3 have the %4 of a row of data.%5 (%6): what is measured on them "
                          "is not unseen."),
        QT_TRANSLATE_NOOP("Core", "question"),
        QT_TRANSLATE_NOOP("Core", "id"),
        QT_TRANSLATE_NOOP("Core", "picture"),
        QT_TRANSLATE_NOOP("Core", "%1 is %2 there"),
        QT_TRANSLATE_NOOP("Core", "%1 is %2 there, %3 is %4 there"),
        QT_TRANSLATE_NOOP("Core", "%1 is %2 there, %3 is %4 there, %5 is %6 there"),
        QT_TRANSLATE_NOOP("Core", "%1 is %2 there, %3 is %4 there, %5 is %6 there, ..."),
        QT_TRANSLATE_NOOP("Core", "row %1"),
        QT_TRANSLATE_NOOP("Core", "row %1 (%2)"),
        QT_TRANSLATE_NOOP("Core", "known when a checkpoint is chosen"),
        QT_TRANSLATE_NOOP("Core", "no config.json in the checkpoint"),
        // Files that cannot be used
        QT_TRANSLATE_NOOP("Core", "%1: none of its %2 rows can be used; row %3: %4."),
        QT_TRANSLATE_NOOP("Core", "%1: the file holds no row."),
        QT_TRANSLATE_NOOP("Core", "%1: the file cannot be read (%2)."),
        QT_TRANSLATE_NOOP("Core",
                          "%1: the file is empty; it must hold a JSON array of rows or one object a line (JSONL)."),
        QT_TRANSLATE_NOOP("Core",
                          "%1: the file is no JSON; it must hold a JSON array of rows or one object a line (JSONL)."),
        QT_TRANSLATE_NOOP("Core", "%1: the file is not valid JSON (%2); it may be cut short."),
        QT_TRANSLATE_NOOP("Core",
                          "%1: no row has conversations (train, meta) or candidates (test); it is no file of rows."),
        QT_TRANSLATE_NOOP("Core",
                          "%1: row %2 is not what a run read there: the file was changed. Start a run on it to "
                          "store its rows anew."),
        // Why rows are left out
        QT_TRANSLATE_NOOP("Core", "row is not a JSON object"),
        QT_TRANSLATE_NOOP("Core", "row is not valid JSON"),
        QT_TRANSLATE_NOOP("Core", "line is not valid JSON"),
        QT_TRANSLATE_NOOP("Core", "row is longer than 64 MiB"),
        QT_TRANSLATE_NOOP("Core", "picture cannot be opened"),
        QT_TRANSLATE_NOOP("Core", "several pictures"),
        QT_TRANSLATE_NOOP("Core", "a bare letter is the whole response"),
        QT_TRANSLATE_NOOP("Core", "more than one <image> in the text"),
        QT_TRANSLATE_NOOP("Core", "no step with + or -"),
        QT_TRANSLATE_NOOP("Core", "longer than the token limit"),
        QT_TRANSLATE_NOOP("Core", "%1 names several pictures"),
        QT_TRANSLATE_NOOP("Core", "%1 is not a path"),
        QT_TRANSLATE_NOOP("Core", "%1 is no picture that can be opened"),
        QT_TRANSLATE_NOOP("Core", "%1 is missing or not a list"),
        QT_TRANSLATE_NOOP("Core", "%1 is missing or not text"),
        QT_TRANSLATE_NOOP("Core", "%1 is missing or not true or false"),
        QT_TRANSLATE_NOOP("Core", "%1 is empty"),
        QT_TRANSLATE_NOOP("Core", "%1 is longer than 4 MiB"),
        QT_TRANSLATE_NOOP("Core", "%1 has more than 4096 turns"),
        QT_TRANSLATE_NOOP("Core", "%1 has more than 1024 entries"),
        QT_TRANSLATE_NOOP("Core", "%1 holds something that is not an object"),
        QT_TRANSLATE_NOOP("Core", "%1 holds something that is not text"),
        QT_TRANSLATE_NOOP("Core", "%1 holds a text of more than 4 MiB"),
        QT_TRANSLATE_NOOP("Core", "%1 holds something other than true and false"),
        QT_TRANSLATE_NOOP("Core", "%1 is none of system, human and gpt"),
        QT_TRANSLATE_NOOP("Core", "fields candidates and true_false differ in length"),
        QT_TRANSLATE_NOOP("Core", "field %1"),
        // What a reading or an import notes
        QT_TRANSLATE_NOOP("Core", "%1 rows name no picture and are text only."),
        QT_TRANSLATE_NOOP("Core", "%1 rows have no id or -1; %2 is their key."),
        QT_TRANSLATE_NOOP("Core", "%1 rows have an id that occurs more than once; %2 is their key."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 rows have an id that occurs more than once; %2 is their key. Each has a weight of its "
                          "own unless repeated ids are shared."),
        QT_TRANSLATE_NOOP("Core", "%1 rows have no id or -1; file and row are their key."),
        QT_TRANSLATE_NOOP("Core", "%1 rows have an id that an earlier row has; file and row are their key."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 rows have no id or -1, %2 one that an earlier row has; file and row are their key."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 of %2 rows have a bare letter as the whole response: one step that reasons about "
                          "nothing."),
        QT_TRANSLATE_NOOP("Core", "%1 rows have the texts, labels and picture of an earlier row; they are kept."),
        QT_TRANSLATE_NOOP("Core", "%1 rows have the question, options and picture of an earlier row; they are kept."),
        QT_TRANSLATE_NOOP("Core",
                          "The questions have no candidates yet, so they cannot be evaluated before some are "
                          "generated."),
        QT_TRANSLATE_NOOP("Core", "%1 questions have no picture and are text only."),
        QT_TRANSLATE_NOOP("Core", "%1 assistant turns say something other than + or - and are not supervised."),
        QT_TRANSLATE_NOOP("Core",
                          "%1 samples spell a mark of the tokenizer in their text, which may add turns or labels; "
                          "check where they come from."),
        QT_TRANSLATE_NOOP("Core", "%1 samples go without their picture, which cannot be opened."),
        QT_TRANSLATE_NOOP("Core", "Tokens were not counted: no tokenizer was named."),
        QT_TRANSLATE_NOOP("Core", "first picture"),
        QT_TRANSLATE_NOOP("Core", "row dropped"),
        // Settings that cannot be
        QT_TRANSLATE_NOOP("Core", "%1 is %2; it must be %3"),
        QT_TRANSLATE_NOOP("Core", "a whole number, %1"),
        QT_TRANSLATE_NOOP("Core", "a number, %1"),
        QT_TRANSLATE_NOOP("Core", "true or false"),
        QT_TRANSLATE_NOOP("Core", "one of %1"),
        QT_TRANSLATE_NOOP("Core", "%1 or more"),
        QT_TRANSLATE_NOOP("Core", "%1 or more, at most %2"),
        QT_TRANSLATE_NOOP("Core", "between %1 and %2"),
        QT_TRANSLATE_NOOP("Core", "at least %1 and below 1"),
        QT_TRANSLATE_NOOP("Core", "above 0 and below 1"),
        QT_TRANSLATE_NOOP("Core", "above 0 and at most %1"),
        QT_TRANSLATE_NOOP("Core",
                          "model.checkpoint is empty; it must name the checkpoint folder that the run starts from"),
        QT_TRANSLATE_NOOP("Core", "data.train is empty; it must name the file of training rows"),
        QT_TRANSLATE_NOOP("Core",
                          "data.meta is empty; weighting.method %1 must have a file of meta rows (only none needs "
                          "no such file)"),
        QT_TRANSLATE_NOOP("Core", "data.meta is empty; data.meta_in_train true must have a file of meta rows"),
        QT_TRANSLATE_NOOP("Core",
                          "data.meta_in_train is true; it must be false when weights are learned, because the same "
                          "rows would be trained on and judge the weights (use weighting.method none)"),
        QT_TRANSLATE_NOOP("Core",
                          "data.holdout is \"%1\", the same file as data.meta; it must hold rows that the run does "
                          "not learn from"),
        QT_TRANSLATE_NOOP("Core", "weighting.clip_low is %1; it must be below weighting.clip_high, which is %2"),
        QT_TRANSLATE_NOOP("Core",
                          "weighting.initial is %1; it must lie between weighting.clip_low %2 and "
                          "weighting.clip_high %3"),
        QT_TRANSLATE_NOOP("Core",
                          "weighting.initial is %1; it must be above 0 with weighting.activation relu, whose slope "
                          "is 0 there"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.estimator is \"%1\"; it must be fd with weighting.net_path reference, because "
                          "products of gradients hold for a detached input only"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.estimator is \"%1\" and train.batch is %2; it must be streamed or fd, or "
                          "train.batch must be 1"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.estimator is \"%1\"; it must be streamed with meta.hypergradient before-step, which "
                          "takes both gradients in one pass"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.centering is %1; it must be none with train.batch 1, because a row alone is its own "
                          "mean"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.precondition is diagonal; it must be none or exact with train.optimizer.form sgd, "
                          "which has no second moment"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.interval is %1; it must be 1 with meta.unroll above 1 or meta.hypergradient "
                          "before-step"),
        QT_TRANSLATE_NOOP("Core",
                          "meta.unroll_mode is exact; it must go with train.optimizer.form sgd, meta.hypergradient "
                          "one-step, meta.precondition none, meta.gradient_ema 0 and a net whose input is detached "
                          "(or be reference)"),
        // The shelf of published figures
        QT_TRANSLATE_NOOP("Core",
                          "Published, not measured here. On 900 questions one standard error at 84% is 1.2 points; "
                          "the number of questions actually used is not stated."),
        QT_TRANSLATE_NOOP("Core", "DreamPRM-1.5, paper and README: published, MMMU validation"),
        QT_TRANSLATE_NOOP("Core",
                          "DreamPRM-1.5, paper and README: published, MMMU validation, GPT-5-mini candidates, 8 per "
                          "question"),
        QT_TRANSLATE_NOOP("Core",
                          "DreamPRM-1.5, commented out in the README and not in the paper: GPT-5-mini candidates, 8 "
                          "per question"),
    };
    return strings;
}

} // namespace winnow::ui
