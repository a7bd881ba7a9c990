<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Cells</name>
    <message>
        <source>no picture</source>
        <translation>无图片</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>CPU, %1 cores, LibTorch %2</source>
        <translation>CPU，%1 核，LibTorch %2</translation>
    </message>
    <message>
        <source>%1 is not a number at iteration %2.</source>
        <translation>第 %2 次迭代时 %1 不是数值。</translation>
    </message>
    <message>
        <source>No progress for %1 after iteration %2, where an iteration takes %3.</source>
        <translation>第 %2 次迭代后已有 %1 没有进展，而一次迭代通常需要 %3。</translation>
    </message>
    <message>
        <source>The disk of &quot;%1&quot; is almost full: %2 are free, %3 are wanted for checkpoints. Free some space; the run waits when it is full.</source>
        <translation>“%1”所在的磁盘快满了：剩余 %2，检查点需要 %3。请腾出空间；磁盘写满时运行会等待。</translation>
    </message>
    <message>
        <source>The weights have piled up: %1 of %2 weights stand at a bound (%3 or %4), so they tell little apart. A lower meta learning rate or other bounds may help.</source>
        <translation>权重堆积：%2 个权重中有 %1 到达界限（%3 或 %4），几乎无法区分样本。降低元学习率或换用其他界限可能有帮助。</translation>
    </message>
    <message>
        <source>Few rows carry the training: the effective sample size is %1 of %2 weights (%3).</source>
        <translation>训练只由少数数据行支撑：%2 个权重的有效样本量为 %1（%3）。</translation>
    </message>
    <message>
        <source>The training loss diverges: its average is %1, after %2 at its lowest and %3 at the start. A lower learning rate may help.</source>
        <translation>训练损失发散：其均值为 %1，最低时为 %2，开始时为 %3。降低学习率可能有帮助。</translation>
    </message>
    <message>
        <source>Memory was short: from here on at most %1 rows go through the model at once on each worker. The batch stays what it was, its gradients are added up.</source>
        <translation>内存不足：从此每个工作线程一次最多有 %1 行通过模型。批大小不变，梯度会累加。</translation>
    </message>
    <message>
        <source>Skipped: %1 is not a number at iteration %2; it changed no weight (%3 skipped so far).</source>
        <translation>已跳过：第 %2 次迭代时 %1 不是数值；没有改变任何权重（至今跳过 %3 次）。</translation>
    </message>
    <message>
        <source>Rolled back: %1 is not a number at iteration %2; the weights are those of %3 again (%4 roll-backs so far).</source>
        <translation>已回退：第 %2 次迭代时 %1 不是数值；权重恢复为 %3 的权重（至今回退 %4 次）。</translation>
    </message>
    <message>
        <source>%1 is not a number at iteration %2; the run can be resumed from its last checkpoint with a lower learning rate.</source>
        <translation>第 %2 次迭代时 %1 不是数值；可以降低学习率，从最后一个检查点恢复运行。</translation>
    </message>
    <message>
        <source>%1 is not a number at iteration %2; no weight was changed by it. The run can be resumed from its last checkpoint with a lower learning rate, or with health.non_finite skip or roll-back.</source>
        <translation>第 %2 次迭代时 %1 不是数值；没有权重因此改变。可以降低学习率，或将 health.non_finite 设为 skip 或 roll-back，从最后一个检查点恢复运行。</translation>
    </message>
    <message>
        <source>%1 is not a number at iteration %2, and so it was in the %3 iterations before; the run stops, because skipping does not help. Lower the learning rate.</source>
        <translation>第 %2 次迭代时 %1 不是数值，之前的 %3 次迭代也是如此；跳过没有用，运行停止。请降低学习率。</translation>
    </message>
    <message>
        <source>%1 is not a number at iteration %2, after %3 roll-backs; the run stops. Lower the learning rate.</source>
        <translation>回退 %3 次之后，第 %2 次迭代时 %1 仍不是数值；运行停止。请降低学习率。</translation>
    </message>
    <message>
        <source>The processes ended with weights that differ in rounding; those of rank 0 count. Processors of one kind give the same bits.</source>
        <translation>各进程结束时的权重因舍入而不同；以 0 号进程的为准。同型号处理器会得到相同的结果。</translation>
    </message>
    <message>
        <source>%1 processes train together; this is rank 0.</source>
        <translation>%1 个进程共同训练；这是 0 号进程。</translation>
    </message>
    <message>
        <source>train.drop_path is on, but the drop_path_rate of the checkpoint&apos;s config.json is 0 or not named: no layer is dropped.</source>
        <translation>train.drop_path 已开启，但检查点的 config.json 中 drop_path_rate 为 0 或未给出：不会丢弃任何层。</translation>
    </message>
    <message>
        <source>Checkpoint of iteration %1.</source>
        <translation>第 %1 次迭代的检查点。</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>Goes on.</source>
        <translation>继续运行。</translation>
    </message>
    <message>
        <source>Goes on from the checkpoint of iteration %1.</source>
        <translation>从第 %1 次迭代的检查点继续。</translation>
    </message>
    <message>
        <source>Finished after %1 iterations.</source>
        <translation>%1 次迭代后完成。</translation>
    </message>
    <message>
        <source>Finished after %1 iterations, accuracy %2.</source>
        <translation>%1 次迭代后完成，准确率 %2。</translation>
    </message>
    <message>
        <source>Stopped at iteration %1 of %2.</source>
        <translation>停止于第 %1 次迭代，共 %2 次。</translation>
    </message>
    <message>
        <source>Run %1 is already waiting or at work.</source>
        <translation>运行 %1 已在排队或正在进行。</translation>
    </message>
    <message>
        <source>Run %1 is already at work.</source>
        <translation>运行 %1 正在进行。</translation>
    </message>
    <message>
        <source>Run %1 is not at work in this program.</source>
        <translation>运行 %1 不在本程序中进行。</translation>
    </message>
    <message>
        <source>Run %1 cannot start: the program is closing.</source>
        <translation>运行 %1 无法启动：程序正在关闭。</translation>
    </message>
    <message>
        <source>The run ended by an unexpected fault: %1.</source>
        <translation>运行因意外故障结束：%1。</translation>
    </message>
    <message>
        <source>Cannot make the folder &quot;%1&quot; of the run: %2.</source>
        <translation>无法建立运行的文件夹“%1”：%2。</translation>
    </message>
    <message>
        <source>train.batch is %1, too few rows for %2 processes; each needs at least one row of every batch.</source>
        <translation>train.batch 为 %1，对 %2 个进程来说行数太少；每批中每个进程至少需要一行。</translation>
    </message>
    <message>
        <source>%1 of %2 rows are left out: %3 (first: row %4).</source>
        <translation>%2 行中有 %1 行被略去：%3（首个：第 %4 行）。</translation>
    </message>
    <message>
        <source>The meta file is of the %1 form.</source>
        <translation>元数据文件为%1形式。</translation>
    </message>
    <message>
        <source>answer-level</source>
        <translation>答案级</translation>
    </message>
    <message>
        <source>step-level</source>
        <translation>步骤级</translation>
    </message>
    <message>
        <source>The pictures of %1 of %2 rows cannot be opened (first: row %3, &quot;%4&quot;); such rows are left out.</source>
        <translation>%2 行中有 %1 行的图片无法打开（首个：第 %3 行，“%4”）；这些行会被略去。</translation>
    </message>
    <message>
        <source>The pictures of %1 of %2 rows cannot be opened (first: row %3, &quot;%4&quot;); such rows are used as text only.</source>
        <translation>%2 行中有 %1 行的图片无法打开（首个：第 %3 行，“%4”）；这些行只使用文字。</translation>
    </message>
    <message>
        <source>The pictures of %1 of %2 rows cannot be opened (first: row %3, &quot;%4&quot;); such rows are left out. No row would be left: bring the pictures, or set data.missing_picture to text-only.</source>
        <translation>%2 行中有 %1 行的图片无法打开（首个：第 %3 行，“%4”）；这些行会被略去，结果一行不剩：请补上图片，或将 data.missing_picture 设为 text-only。</translation>
    </message>
    <message>
        <source>Training needs about %1 of memory, the machine has %2. Lower the batch, the tiles or the threads.</source>
        <translation>训练约需 %1 内存，本机有 %2。请减小批大小、图块数或线程数。</translation>
    </message>
    <message>
        <source>The disk of &quot;%1&quot; has %2 free, two checkpoints need %3. Free some space or choose another folder.</source>
        <translation>“%1”所在的磁盘剩余 %2，两个检查点需要 %3。请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <source>The tokenizer in &quot;%1&quot; has %2 tokens, the model only %3. Choose the checkpoint&apos;s own tokenizer.</source>
        <translation>“%1”中的分词器有 %2 个词元，而模型只有 %3 个。请选择检查点自带的分词器。</translation>
    </message>
    <message>
        <source>Some training rows have no subject; together they share one domain weight.</source>
        <translation>有些训练行没有科目；它们共用一个领域权重。</translation>
    </message>
    <message>
        <source>%1 of %2 rows of data.%3 has the %4 of a row of data.%5 (%6): what is measured on them is not unseen.</source>
        <translation>data.%3 的 %2 行中有 %1 行与 data.%5 的某行%4相同（%6）：在它们上面测得的结果并非来自未见过的数据。</translation>
    </message>
    <message>
        <source>%1 of %2 rows of data.%3 have the %4 of a row of data.%5 (%6): what is measured on them is not unseen.</source>
        <translation>data.%3 的 %2 行中有 %1 行与 data.%5 的某行%4相同（%6）：在它们上面测得的结果并非来自未见过的数据。</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 is %2 there</source>
        <translation>此处%1即彼处%2</translation>
    </message>
    <message>
        <source>%1 is %2 there, %3 is %4 there</source>
        <translation>此处%1即彼处%2，此处%3即彼处%4</translation>
    </message>
    <message>
        <source>%1 is %2 there, %3 is %4 there, %5 is %6 there</source>
        <translation>此处%1即彼处%2，此处%3即彼处%4，此处%5即彼处%6</translation>
    </message>
    <message>
        <source>%1 is %2 there, %3 is %4 there, %5 is %6 there, ...</source>
        <translation>此处%1即彼处%2，此处%3即彼处%4，此处%5即彼处%6，……</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>row %1 (%2)</source>
        <translation>第 %1 行（%2）</translation>
    </message>
    <message>
        <source>known when a checkpoint is chosen</source>
        <translation>选择检查点后可知</translation>
    </message>
    <message>
        <source>no config.json in the checkpoint</source>
        <translation>检查点中没有 config.json</translation>
    </message>
    <message>
        <source>%1: none of its %2 rows can be used; row %3: %4.</source>
        <translation>%1：其 %2 行都无法使用；第 %3 行：%4。</translation>
    </message>
    <message>
        <source>%1: the file holds no row.</source>
        <translation>%1：文件中没有数据行。</translation>
    </message>
    <message>
        <source>%1: the file cannot be read (%2).</source>
        <translation>%1：无法读取文件（%2）。</translation>
    </message>
    <message>
        <source>%1: the file is empty; it must hold a JSON array of rows or one object a line (JSONL).</source>
        <translation>%1：文件是空的；其内容须为由数据行组成的 JSON 数组，或每行一个对象（JSONL）。</translation>
    </message>
    <message>
        <source>%1: the file is no JSON; it must hold a JSON array of rows or one object a line (JSONL).</source>
        <translation>%1：文件不是 JSON；其内容须为由数据行组成的 JSON 数组，或每行一个对象（JSONL）。</translation>
    </message>
    <message>
        <source>%1: the file is not valid JSON (%2); it may be cut short.</source>
        <translation>%1：文件不是有效的 JSON（%2）；可能不完整。</translation>
    </message>
    <message>
        <source>%1: no row has conversations (train, meta) or candidates (test); it is no file of rows.</source>
        <translation>%1：没有一行含有 conversations（训练、元数据）或 candidates（测试）；这不是数据行文件。</translation>
    </message>
    <message>
        <source>%1: row %2 is not what a run read there: the file was changed. Start a run on it to store its rows anew.</source>
        <translation>%1：第 %2 行与运行读取时不同：文件已被改动。请用它启动一次运行，以重新保存其数据行。</translation>
    </message>
    <message>
        <source>row is not a JSON object</source>
        <translation>数据行不是 JSON 对象</translation>
    </message>
    <message>
        <source>row is not valid JSON</source>
        <translation>数据行不是有效的 JSON</translation>
    </message>
    <message>
        <source>line is not valid JSON</source>
        <translation>该行不是有效的 JSON</translation>
    </message>
    <message>
        <source>row is longer than 64 MiB</source>
        <translation>数据行超过 64 MiB</translation>
    </message>
    <message>
        <source>picture cannot be opened</source>
        <translation>图片无法打开</translation>
    </message>
    <message>
        <source>several pictures</source>
        <translation>有多张图片</translation>
    </message>
    <message>
        <source>more than one &lt;image&gt; in the text</source>
        <translation>文字中有多个 &lt;image&gt;</translation>
    </message>
    <message>
        <source>no step with + or -</source>
        <translation>没有标为 + 或 - 的步骤</translation>
    </message>
    <message>
        <source>longer than the token limit</source>
        <translation>超过词元上限</translation>
    </message>
    <message>
        <source>%1 names several pictures</source>
        <translation>%1 指定了多张图片</translation>
    </message>
    <message>
        <source>%1 is not a path</source>
        <translation>%1 不是路径</translation>
    </message>
    <message>
        <source>%1 is no picture that can be opened</source>
        <translation>%1 不是可打开的图片</translation>
    </message>
    <message>
        <source>%1 is missing or not a list</source>
        <translation>%1 缺失或不是列表</translation>
    </message>
    <message>
        <source>%1 is missing or not text</source>
        <translation>%1 缺失或不是文字</translation>
    </message>
    <message>
        <source>%1 is missing or not true or false</source>
        <translation>%1 缺失或不是 true 或 false</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 为空</translation>
    </message>
    <message>
        <source>%1 is longer than 4 MiB</source>
        <translation>%1 超过 4 MiB</translation>
    </message>
    <message>
        <source>%1 has more than 4096 turns</source>
        <translation>%1 超过 4096 轮</translation>
    </message>
    <message>
        <source>%1 has more than 1024 entries</source>
        <translation>%1 超过 1024 项</translation>
    </message>
    <message>
        <source>%1 holds something that is not an object</source>
        <translation>%1 中有不是对象的内容</translation>
    </message>
    <message>
        <source>%1 holds something that is not text</source>
        <translation>%1 中有不是文字的内容</translation>
    </message>
    <message>
        <source>%1 holds a text of more than 4 MiB</source>
        <translation>%1 中有超过 4 MiB 的文字</translation>
    </message>
    <message>
        <source>%1 holds something other than true and false</source>
        <translation>%1 中有 true 和 false 以外的内容</translation>
    </message>
    <message>
        <source>%1 is none of system, human and gpt</source>
        <translation>%1 不是 system、human、gpt 之一</translation>
    </message>
    <message>
        <source>fields candidates and true_false differ in length</source>
        <translation>字段 candidates 与 true_false 长度不同</translation>
    </message>
    <message>
        <source>field %1</source>
        <translation>字段 %1</translation>
    </message>
    <message>
        <source>%1 rows name no picture and are text only.</source>
        <translation>%1 行没有图片，只有文字。</translation>
    </message>
    <message>
        <source>%1 rows have no id or -1; %2 is their key.</source>
        <translation>%1 行没有编号或编号为 -1；以 %2 为键。</translation>
    </message>
    <message>
        <source>%1 rows have an id that occurs more than once; %2 is their key.</source>
        <translation>%1 行的编号重复出现；以 %2 为键。</translation>
    </message>
    <message>
        <source>%1 rows have an id that occurs more than once; %2 is their key. Each has a weight of its own unless repeated ids are shared.</source>
        <translation>%1 行的编号重复出现；以 %2 为键。除非重复编号共用权重，否则各有自己的权重。</translation>
    </message>
    <message>
        <source>%1 rows have no id or -1; file and row are their key.</source>
        <translation>%1 行没有编号或编号为 -1；以文件和行号为键。</translation>
    </message>
    <message>
        <source>%1 rows have an id that an earlier row has; file and row are their key.</source>
        <translation>%1 行的编号与之前的行相同；以文件和行号为键。</translation>
    </message>
    <message>
        <source>%1 rows have no id or -1, %2 one that an earlier row has; file and row are their key.</source>
        <translation>%1 行没有编号或编号为 -1，%2 行的编号与之前的行相同；以文件和行号为键。</translation>
    </message>
    <message>
        <source>a bare letter is the whole response</source>
        <translation>整个回答只是一个字母</translation>
    </message>
    <message>
        <source>%1 of %2 rows have a bare letter as the whole response: one step that reasons about nothing.</source>
        <translation>%2 行中有 %1 行的整个回答只是一个字母：只有一步，没有推理。</translation>
    </message>
    <message>
        <source>%1 rows have the texts, labels and picture of an earlier row; they are kept.</source>
        <translation>%1 行的文字、标签和图片与之前的行相同；均予保留。</translation>
    </message>
    <message>
        <source>%1 rows have the question, options and picture of an earlier row; they are kept.</source>
        <translation>%1 行的问题、选项和图片与之前的行相同；均予保留。</translation>
    </message>
    <message>
        <source>The questions have no candidates yet, so they cannot be evaluated before some are generated.</source>
        <translation>这些问题还没有候选回答，须先生成才能评测。</translation>
    </message>
    <message>
        <source>%1 questions have no picture and are text only.</source>
        <translation>%1 个问题没有图片，只有文字。</translation>
    </message>
    <message>
        <source>%1 assistant turns say something other than + or - and are not supervised.</source>
        <translation>%1 个助手轮次的内容不是 + 或 -，不参与监督。</translation>
    </message>
    <message>
        <source>%1 samples spell a mark of the tokenizer in their text, which may add turns or labels; check where they come from.</source>
        <translation>%1 个样本的文字中含有分词器的标记，可能因此增加轮次或标签；请检查其来源。</translation>
    </message>
    <message>
        <source>%1 samples go without their picture, which cannot be opened.</source>
        <translation>%1 个样本因图片无法打开而不带图片。</translation>
    </message>
    <message>
        <source>Tokens were not counted: no tokenizer was named.</source>
        <translation>未统计词元：没有指定分词器。</translation>
    </message>
    <message>
        <source>first picture</source>
        <translation>第一张图片</translation>
    </message>
    <message>
        <source>row dropped</source>
        <translation>略去该行</translation>
    </message>
    <message>
        <source>%1 is %2; it must be %3</source>
        <translation>%1 为 %2；必须是%3</translation>
    </message>
    <message>
        <source>a whole number, %1</source>
        <translation>整数，%1</translation>
    </message>
    <message>
        <source>a number, %1</source>
        <translation>数值，%1</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation> true 或 false</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>以下之一：%1</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation> %1 或以上</translation>
    </message>
    <message>
        <source>%1 or more, at most %2</source>
        <translation> %1 或以上，最大 %2</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation> %1 到 %2 之间</translation>
    </message>
    <message>
        <source>at least %1 and below 1</source>
        <translation>不小于 %1 且小于 1</translation>
    </message>
    <message>
        <source>above 0 and below 1</source>
        <translation>大于 0 且小于 1</translation>
    </message>
    <message>
        <source>above 0 and at most %1</source>
        <translation>大于 0 且不超过 %1</translation>
    </message>
    <message>
        <source>model.checkpoint is empty; it must name the checkpoint folder that the run starts from</source>
        <translation>model.checkpoint 为空；须指定运行所用起始检查点的文件夹</translation>
    </message>
    <message>
        <source>data.train is empty; it must name the file of training rows</source>
        <translation>data.train 为空；须指定训练数据文件</translation>
    </message>
    <message>
        <source>data.meta is empty; weighting.method %1 must have a file of meta rows (only none needs no such file)</source>
        <translation>data.meta 为空；weighting.method 为 %1 时须有元数据文件（只有 none 不需要）</translation>
    </message>
    <message>
        <source>data.meta is empty; data.meta_in_train true must have a file of meta rows</source>
        <translation>data.meta 为空；data.meta_in_train 为 true 时须有元数据文件</translation>
    </message>
    <message>
        <source>data.meta_in_train is true; it must be false when weights are learned, because the same rows would be trained on and judge the weights (use weighting.method none)</source>
        <translation>data.meta_in_train 为 true；学习权重时必须为 false，否则同样的行既用于训练又用于评判权重（可将 weighting.method 设为 none）</translation>
    </message>
    <message>
        <source>data.holdout is &quot;%1&quot;, the same file as data.meta; it must hold rows that the run does not learn from</source>
        <translation>data.holdout 为“%1”，与 data.meta 是同一文件；其中必须是运行不用来学习的行</translation>
    </message>
    <message>
        <source>weighting.clip_low is %1; it must be below weighting.clip_high, which is %2</source>
        <translation>weighting.clip_low 为 %1；必须小于 weighting.clip_high（%2）</translation>
    </message>
    <message>
        <source>weighting.initial is %1; it must lie between weighting.clip_low %2 and weighting.clip_high %3</source>
        <translation>weighting.initial 为 %1；必须在 weighting.clip_low（%2）与 weighting.clip_high（%3）之间</translation>
    </message>
    <message>
        <source>weighting.initial is %1; it must be above 0 with weighting.activation relu, whose slope is 0 there</source>
        <translation>weighting.initial 为 %1；weighting.activation 为 relu 时必须大于 0，否则斜率为 0</translation>
    </message>
    <message>
        <source>meta.estimator is &quot;%1&quot;; it must be fd with weighting.net_path reference, because products of gradients hold for a detached input only</source>
        <translation>meta.estimator 为“%1”；weighting.net_path 为 reference 时必须是 fd，因为梯度乘积只对分离的输入成立</translation>
    </message>
    <message>
        <source>meta.estimator is &quot;%1&quot; and train.batch is %2; it must be streamed or fd, or train.batch must be 1</source>
        <translation>meta.estimator 为“%1”而 train.batch 为 %2；须改为 streamed 或 fd，或将 train.batch 设为 1</translation>
    </message>
    <message>
        <source>meta.estimator is &quot;%1&quot;; it must be streamed with meta.hypergradient before-step, which takes both gradients in one pass</source>
        <translation>meta.estimator 为“%1”；meta.hypergradient 为 before-step 时必须是 streamed，因为两种梯度在一遍中取得</translation>
    </message>
    <message>
        <source>meta.centering is %1; it must be none with train.batch 1, because a row alone is its own mean</source>
        <translation>meta.centering 为 %1；train.batch 为 1 时必须是 none，因为单独一行就是自己的均值</translation>
    </message>
    <message>
        <source>meta.precondition is diagonal; it must be none or exact with train.optimizer.form sgd, which has no second moment</source>
        <translation>meta.precondition 为 diagonal；train.optimizer.form 为 sgd 时必须是 none 或 exact，因为它没有二阶矩</translation>
    </message>
    <message>
        <source>meta.interval is %1; it must be 1 with meta.unroll above 1 or meta.hypergradient before-step</source>
        <translation>meta.interval 为 %1；meta.unroll 大于 1 或 meta.hypergradient 为 before-step 时必须是 1</translation>
    </message>
    <message>
        <source>meta.unroll_mode is exact; it must go with train.optimizer.form sgd, meta.hypergradient one-step, meta.precondition none, meta.gradient_ema 0 and a net whose input is detached (or be reference)</source>
        <translation>meta.unroll_mode 为 exact；须配合 train.optimizer.form sgd、meta.hypergradient one-step、meta.precondition none、meta.gradient_ema 0 以及输入分离的网络（或改为 reference）</translation>
    </message>
    <message>
        <source>%1: is no folder; give the folder that holds the checkpoint&apos;s model.safetensors.</source>
        <translation>%1：不是文件夹；请给出检查点的 model.safetensors 所在的文件夹。</translation>
    </message>
    <message>
        <source>%1: holds only pytorch_model.bin; convert it to model.safetensors first.</source>
        <translation>%1：其中只有 pytorch_model.bin；请先将它转换为 model.safetensors。</translation>
    </message>
    <message>
        <source>%1: holds neither model.safetensors nor model.safetensors.index.json.</source>
        <translation>%1：其中既没有 model.safetensors，也没有 model.safetensors.index.json。</translation>
    </message>
    <message>
        <source>%1: has no weight_map that names tensors and their files.</source>
        <translation>%1：缺少列出张量及其文件的 weight_map。</translation>
    </message>
    <message>
        <source>%1: weight_map gives tensor &apos;%2&apos; no plain file name ending in .safetensors; shards must stand beside the index.</source>
        <translation>%1：weight_map 没有给张量 &apos;%2&apos; 指定以 .safetensors 结尾的普通文件名；分片必须与索引放在一起。</translation>
    </message>
    <message>
        <source>%1: weight_map names %2 files, more than %3.</source>
        <translation>%1：weight_map 列出了 %2 个文件，超过 %3 个。</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; is not in this file, where %3 says it is; copy the checkpoint again.</source>
        <translation>%1：按 %3 所说，张量 &apos;%2&apos; 应在此文件中，但并没有；请重新复制检查点。</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; is there already (as &apos;%3&apos; in %4); remove one of the two.</source>
        <translation>%1：张量 &apos;%2&apos; 已经存在（即 %4 中的 &apos;%3&apos;）；请去掉其中一个。</translation>
    </message>
    <message>
        <source>%1: has no config.json, and the sizes cannot be read from the tensors (%2); add the model&apos;s config.json.</source>
        <translation>%1：没有 config.json，也无法从张量得知尺寸（%2）；请补上模型的 config.json。</translation>
    </message>
    <message>
        <source>tensor &apos;%1&apos; is missing</source>
        <translation>缺少张量 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>tensor &apos;%1&apos; has an unexpected shape</source>
        <translation>张量 &apos;%1&apos; 的形状不合预期</translation>
    </message>
    <message>
        <source>the position embedding is not one of a square picture</source>
        <translation>位置嵌入不属于正方形图片</translation>
    </message>
    <message>
        <source>%1: %2 tensors of the model are missing (%3); the checkpoint is incomplete or its config.json belongs to another.</source>
        <translation>%1：缺少模型的 %2 个张量（%3）；检查点不完整，或 config.json 属于另一个模型。</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has shape %3, but %4 is needed; config.json and the weights do not belong together.</source>
        <translation>%1：张量 &apos;%2&apos; 的形状为 %3，需要的是 %4；config.json 与权重不匹配。</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has shape %3, but %4 is needed (and %5 more are wrong); config.json and the weights do not belong together.</source>
        <translation>%1：张量 &apos;%2&apos; 的形状为 %3，需要的是 %4（另有 %5 个不对）；config.json 与权重不匹配。</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has dtype %3, but F32, F16, BF16 or F64 is needed; config.json and the weights do not belong together.</source>
        <translation>%1：张量 &apos;%2&apos; 的数据类型为 %3，需要的是 F32、F16、BF16 或 F64；config.json 与权重不匹配。</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has dtype %3, but F32, F16, BF16 or F64 is needed (and %4 more are wrong); config.json and the weights do not belong together.</source>
        <translation>%1：张量 &apos;%2&apos; 的数据类型为 %3，需要的是 F32、F16、BF16 或 F64（另有 %4 个不对）；config.json 与权重不匹配。</translation>
    </message>
    <message>
        <source>%1: has no config.json; head counts and rope theta cannot be read from the tensors, so add the model&apos;s config.json.</source>
        <translation>%1：没有 config.json；无法从张量得知注意力头数和 rope theta，请补上模型的 config.json。</translation>
    </message>
    <message>
        <source>%1; the file is damaged or no safetensors file, copy or export it again.</source>
        <translation>%1；文件已损坏或不是 safetensors 文件，请重新复制或导出。</translation>
    </message>
    <message>
        <source>%1: is shorter than a header</source>
        <translation>%1：比文件头还短</translation>
    </message>
    <message>
        <source>%1: the header claims %2 bytes, more than the limit of %3</source>
        <translation>%1：文件头自称有 %2 字节，超过上限 %3</translation>
    </message>
    <message>
        <source>%1: the header claims %2 bytes, but the file holds %3 after its length</source>
        <translation>%1：文件头自称有 %2 字节，但文件在长度之后只有 %3 字节</translation>
    </message>
    <message>
        <source>%1: the header does not begin with &apos;{&apos;</source>
        <translation>%1：文件头不以 &apos;{&apos; 开头</translation>
    </message>
    <message>
        <source>%1: the header is padded with something else than spaces, from byte %2 on</source>
        <translation>%1：文件头从第 %2 字节起不是用空格填充的</translation>
    </message>
    <message>
        <source>%1: __metadata__ is no object</source>
        <translation>%1：__metadata__ 不是对象</translation>
    </message>
    <message>
        <source>%1: __metadata__ entry &apos;%2&apos; is no text</source>
        <translation>%1：__metadata__ 的条目 &apos;%2&apos; 不是文字</translation>
    </message>
    <message>
        <source>%1: a tensor has an empty name</source>
        <translation>%1：有张量的名称为空</translation>
    </message>
    <message>
        <source>%1: a tensor&apos;s name is longer than %2 bytes</source>
        <translation>%1：有张量的名称超过 %2 字节</translation>
    </message>
    <message>
        <source>%1: a tensor&apos;s name holds a control character</source>
        <translation>%1：有张量的名称含控制字符</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; is no object in the header</source>
        <translation>%1：张量 &apos;%2&apos; 在文件头中不是对象</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has the unknown header key &apos;%3&apos;</source>
        <translation>%1：张量 &apos;%2&apos; 在文件头中有未知的键 &apos;%3&apos;</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has no dtype</source>
        <translation>%1：张量 &apos;%2&apos; 没有 dtype</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has no shape</source>
        <translation>%1：张量 &apos;%2&apos; 没有 shape</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has more than %3 dimensions</source>
        <translation>%1：张量 &apos;%2&apos; 超过 %3 维</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has a size in its shape that is not a whole number from 0 up</source>
        <translation>%1：张量 &apos;%2&apos; 的 shape 中有尺寸不是从 0 起的整数</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has a shape whose product is beyond 64 bits</source>
        <translation>%1：张量 &apos;%2&apos; 的 shape 之积超出 64 位</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has no data_offsets of two whole numbers</source>
        <translation>%1：张量 &apos;%2&apos; 没有由两个整数组成的 data_offsets</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; ends before it begins</source>
        <translation>%1：张量 &apos;%2&apos; 的终点在起点之前</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; ends at byte %3 of data, but the file holds %4</source>
        <translation>%1：张量 &apos;%2&apos; 终于数据的第 %3 字节，但文件只有 %4 字节</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; takes %3 bytes, but its dtype and shape need %4</source>
        <translation>%1：张量 &apos;%2&apos; 占 %3 字节，但其 dtype 和 shape 需要 %4 字节</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; begins at byte %3 of data, but the tensor before it ends at %4 (they overlap)</source>
        <translation>%1：张量 &apos;%2&apos; 始于数据的第 %3 字节，但前一个张量终于 %4（两者重叠）</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; begins at byte %3 of data, but the tensor before it ends at %4 (there is a gap)</source>
        <translation>%1：张量 &apos;%2&apos; 始于数据的第 %3 字节，但前一个张量终于 %4（中间有空隙）</translation>
    </message>
    <message>
        <source>%1: the tensors end at byte %2 of data, but the file holds %3</source>
        <translation>%1：张量终于数据的第 %2 字节，但文件有 %3 字节</translation>
    </message>
    <message>
        <source>%1: tensor &apos;%2&apos; has the dtype &apos;%3&apos;, which is not supported; convert it to F32, F16 or BF16.</source>
        <translation>%1：张量 &apos;%2&apos; 的数据类型 &apos;%3&apos; 不受支持；请转换为 F32、F16 或 BF16。</translation>
    </message>
    <message>
        <source>%1: cannot be opened (%2).</source>
        <translation>%1：无法打开（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be examined (%2).</source>
        <translation>%1：无法查看（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be mapped into memory (%2).</source>
        <translation>%1：无法映射到内存（%2）。</translation>
    </message>
    <message>
        <source>%1: is not a regular file.</source>
        <translation>%1：不是普通文件。</translation>
    </message>
    <message>
        <source>%1: is larger than %2 bytes, which no file of its kind is.</source>
        <translation>%1：超过 %2 字节，这类文件不会这么大。</translation>
    </message>
    <message>
        <source>%1: cannot be read (%2).</source>
        <translation>%1：无法读取（%2）。</translation>
    </message>
    <message>
        <source>%1: became shorter while it was read.</source>
        <translation>%1：在读取时变短了。</translation>
    </message>
    <message>
        <source>%1: not valid JSON at byte %2.</source>
        <translation>%1：第 %2 字节处不是有效的 JSON。</translation>
    </message>
    <message>
        <source>%1: not valid JSON at byte %2, in &apos;%3&apos;.</source>
        <translation>%1：第 %2 字节处（位于 &apos;%3&apos; 中）不是有效的 JSON。</translation>
    </message>
    <message>
        <source>%1: header: not valid JSON at byte %2.</source>
        <translation>%1：文件头在第 %2 字节处不是有效的 JSON。</translation>
    </message>
    <message>
        <source>%1: header: not valid JSON at byte %2, in &apos;%3&apos;.</source>
        <translation>%1：文件头在第 %2 字节处（位于 &apos;%3&apos; 中）不是有效的 JSON。</translation>
    </message>
    <message>
        <source>%1: the key &apos;%2&apos; stands twice in one object.</source>
        <translation>%1：键 &apos;%2&apos; 在一个对象中出现了两次。</translation>
    </message>
    <message>
        <source>%1: the key &apos;%2&apos; stands twice in one object, in &apos;%3&apos;.</source>
        <translation>%1：在 &apos;%3&apos; 中，键 &apos;%2&apos; 在一个对象中出现了两次。</translation>
    </message>
    <message>
        <source>%1: nested deeper than %2 levels.</source>
        <translation>%1：嵌套超过 %2 层。</translation>
    </message>
    <message>
        <source>%1: nested deeper than %2 levels, in &apos;%3&apos;.</source>
        <translation>%1：&apos;%3&apos; 的嵌套超过 %2 层。</translation>
    </message>
    <message>
        <source>%1: cannot be read as JSON (%2).</source>
        <translation>%1：无法作为 JSON 读取（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be created (%2).</source>
        <translation>%1：无法创建（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be written (%2).</source>
        <translation>%1：无法写入（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be written to the disk (%2).</source>
        <translation>%1：无法写到磁盘（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be closed (%2).</source>
        <translation>%1：无法关闭（%2）。</translation>
    </message>
    <message>
        <source>%1: cannot be put in its place (%2).</source>
        <translation>%1：无法放到位（%2）。</translation>
    </message>
    <message>
        <source>%1: stands in a folder that cannot be synchronised (%2).</source>
        <translation>%1：所在的文件夹无法同步（%2）。</translation>
    </message>
    <message>
        <source>The tokenizer in %1 cannot be used: %2</source>
        <translation>%1 中的分词器无法使用：%2</translation>
    </message>
    <message>
        <source>Folder %1 holds no tokenizer: vocab.json with merges.txt, tokenizer.json or qwen.tiktoken is needed.</source>
        <translation>文件夹 %1 中没有分词器：需要 vocab.json 和 merges.txt、tokenizer.json 或 qwen.tiktoken。</translation>
    </message>
    <message>
        <source>Tokenizer %1 does not exist or is neither a folder nor a file.</source>
        <translation>分词器 %1 不存在，或既不是文件夹也不是文件。</translation>
    </message>
    <message>
        <source>File %1 alone is no tokenizer; name its folder, a tokenizer.json or a qwen.tiktoken.</source>
        <translation>单独的文件 %1 不是分词器；请指定其文件夹、tokenizer.json 或 qwen.tiktoken。</translation>
    </message>
    <message>
        <source>Folder %1 names no added tokens; copy added_tokens.json or tokenizer_config.json of the model into it.</source>
        <translation>文件夹 %1 没有列出附加词元；请将模型的 added_tokens.json 或 tokenizer_config.json 复制进去。</translation>
    </message>
    <message>
        <source>File %1 cannot be read: %2.</source>
        <translation>无法读取文件 %1：%2。</translation>
    </message>
    <message>
        <source>File %1 cannot be read to its end.</source>
        <translation>无法将文件 %1 读到结尾。</translation>
    </message>
    <message>
        <source>File %1 has %2 bytes; a tokenizer file has at most %3.</source>
        <translation>文件 %1 有 %2 字节；分词器文件最多 %3 字节。</translation>
    </message>
    <message>
        <source>File %1 is no valid JSON; it may have been cut off, copy it again.</source>
        <translation>文件 %1 不是有效的 JSON；可能不完整，请重新复制。</translation>
    </message>
    <message>
        <source>File %1 cannot be written; check that its folder exists and has free space.</source>
        <translation>无法写入文件 %1；请检查其文件夹是否存在、是否有空间。</translation>
    </message>
    <message>
        <source>File %1 cannot be written: %2.</source>
        <translation>无法写入文件 %1：%2。</translation>
    </message>
    <message>
        <source>%1 must be two tokens with one space between them.</source>
        <translation>%1 必须是以一个空格分开的两个词元。</translation>
    </message>
    <message>
        <source>%1: line %2 must be two tokens with one space between them.</source>
        <translation>%1：第 %2 行必须是以一个空格分开的两个词元。</translation>
    </message>
    <message>
        <source>%1 has a character outside the byte table.</source>
        <translation>%1 含有字节表之外的字符。</translation>
    </message>
    <message>
        <source>%1: line %2 has a character outside the byte table.</source>
        <translation>%1：第 %2 行含有字节表之外的字符。</translation>
    </message>
    <message>
        <source>%1: merge %2 has a character outside the byte table.</source>
        <translation>%1：第 %2 条合并规则含有字节表之外的字符。</translation>
    </message>
    <message>
        <source>%1 needs an id that is a whole number from 0 on.</source>
        <translation>%1 的编号必须是从 0 起的整数。</translation>
    </message>
    <message>
        <source>%1: token &apos;%2&apos; needs an id that is a whole number from 0 on.</source>
        <translation>%1：词元 &apos;%2&apos; 的编号必须是从 0 起的整数。</translation>
    </message>
    <message>
        <source>%1: added token %2 (&apos;%3&apos;) needs an id that is a whole number from 0 on.</source>
        <translation>%1：附加词元 %2（&apos;%3&apos;）的编号必须是从 0 起的整数。</translation>
    </message>
    <message>
        <source>%1: the vocabulary must be an object of token and id.</source>
        <translation>%1：词表必须是由词元和编号组成的对象。</translation>
    </message>
    <message>
        <source>%1: token &apos;%2&apos; has a character outside the byte table; the vocabulary is not byte-level.</source>
        <translation>%1：词元 &apos;%2&apos; 含有字节表之外的字符；词表不是字节级的。</translation>
    </message>
    <message>
        <source>%1 needs the text &quot;content&quot;.</source>
        <translation>%1 需要文字 &quot;content&quot;。</translation>
    </message>
    <message>
        <source>%1: added token %2 needs the text &quot;content&quot;.</source>
        <translation>%1：附加词元 %2 需要文字 &quot;content&quot;。</translation>
    </message>
    <message>
        <source>%1 (&apos;%2&apos;) has %3 set; only added tokens that are cut out as they stand can be read.</source>
        <translation>%1（&apos;%2&apos;）设置了 %3；只能读取按原样切出的附加词元。</translation>
    </message>
    <message>
        <source>%1: added token %2 (&apos;%3&apos;) has %4 set; only added tokens that are cut out as they stand can be read.</source>
        <translation>%1：附加词元 %2（&apos;%3&apos;）设置了 %4；只能读取按原样切出的附加词元。</translation>
    </message>
    <message>
        <source>%1: line %2 must be a base64 token, a space and its rank.</source>
        <translation>%1：第 %2 行必须是 base64 词元、一个空格和其序号。</translation>
    </message>
    <message>
        <source>%1: line %2 has the rank %3; ranks must count up from 0 without gaps.</source>
        <translation>%1：第 %2 行的序号为 %3；序号必须从 0 起连续递增。</translation>
    </message>
    <message>
        <source>%1: line %2 holds a token of more than %3 bytes; the file is damaged.</source>
        <translation>%1：第 %2 行的词元超过 %3 字节；文件已损坏。</translation>
    </message>
    <message>
        <source>%1: rank %2 cannot be made of two lower ranks; the file is not a byte-pair vocabulary.</source>
        <translation>%1：序号 %2 无法由两个更低的序号组成；文件不是字节对词表。</translation>
    </message>
    <message>
        <source>The token with id %1 is empty; a token needs at least one byte.</source>
        <translation>编号为 %1 的词元是空的；词元至少要有一个字节。</translation>
    </message>
    <message>
        <source>The token with id %1 has more than %2 bytes; the vocabulary is damaged.</source>
        <translation>编号为 %1 的词元超过 %2 字节；词表已损坏。</translation>
    </message>
    <message>
        <source>Token %1 has the id %2; ids must lie between 0 and %3.</source>
        <translation>词元 %1 的编号为 %2；编号必须在 0 和 %3 之间。</translation>
    </message>
    <message>
        <source>Tokens %1 and %2 have the same id %3; every id must be unique.</source>
        <translation>词元 %1 和 %2 的编号同为 %3；编号不得重复。</translation>
    </message>
    <message>
        <source>Token %1 stands twice in the vocabulary.</source>
        <translation>词元 %1 在词表中出现了两次。</translation>
    </message>
    <message>
        <source>Added token %1 is listed twice.</source>
        <translation>附加词元 %1 列出了两次。</translation>
    </message>
    <message>
        <source>Merge %1 (%2) uses or makes a token that the vocabulary lacks; vocabulary and merges do not belong together.</source>
        <translation>第 %1 条合并规则（%2）用到或产生词表中没有的词元；词表与合并规则不匹配。</translation>
    </message>
    <message>
        <source>Merge %1 (%2) is listed twice.</source>
        <translation>第 %1 条合并规则（%2）列出了两次。</translation>
    </message>
    <message>
        <source>The vocabulary has no token for byte %1; a byte-level vocabulary holds all 256 bytes.</source>
        <translation>词表中没有字节 %1 的词元；字节级词表含有全部 256 个字节。</translation>
    </message>
    <message>
        <source>%1: model.merges must be a list.</source>
        <translation>%1：model.merges 必须是列表。</translation>
    </message>
    <message>
        <source>%1 must be a text &apos;a b&apos; or a pair [&quot;a&quot;, &quot;b&quot;].</source>
        <translation>%1 必须是文字 &apos;a b&apos; 或一对 [&quot;a&quot;, &quot;b&quot;]。</translation>
    </message>
    <message>
        <source>%1: merge %2 must be a text &apos;a b&apos; or a pair [&quot;a&quot;, &quot;b&quot;].</source>
        <translation>%1：第 %2 条合并规则必须是文字 &apos;a b&apos; 或一对 [&quot;a&quot;, &quot;b&quot;]。</translation>
    </message>
    <message>
        <source>%1: added_tokens must be a list.</source>
        <translation>%1：added_tokens 必须是列表。</translation>
    </message>
    <message>
        <source>%1: no model was found; this is no tokenizer.json.</source>
        <translation>%1：没有找到 model；这不是 tokenizer.json。</translation>
    </message>
    <message>
        <source>%1: %2; only byte-level BPE tokenizers of the Qwen2 kind can be read.</source>
        <translation>%1：%2；只能读取 Qwen2 类的字节级 BPE 分词器。</translation>
    </message>
    <message>
        <source>model.type is not BPE</source>
        <translation>model.type 不是 BPE</translation>
    </message>
    <message>
        <source>model.%1 is set</source>
        <translation>设置了 model.%1</translation>
    </message>
    <message>
        <source>normalizer is not NFC</source>
        <translation>normalizer 不是 NFC</translation>
    </message>
    <message>
        <source>pre_tokenizer is not the sequence of Split and ByteLevel</source>
        <translation>pre_tokenizer 不是 Split 和 ByteLevel 的序列</translation>
    </message>
    <message>
        <source>the first pre_tokenizer is not an isolating Split</source>
        <translation>第一个 pre_tokenizer 不是 Isolated 的 Split</translation>
    </message>
    <message>
        <source>the Split pattern is not that of Qwen2</source>
        <translation>Split 的模式与 Qwen2 不同</translation>
    </message>
    <message>
        <source>the second pre_tokenizer is not ByteLevel without prefix space and regex</source>
        <translation>第二个 pre_tokenizer 不是不带前缀空格和正则的 ByteLevel</translation>
    </message>
    <message>
        <source>decoder is not ByteLevel</source>
        <translation>decoder 不是 ByteLevel</translation>
    </message>
    <message>
        <source>post_processor is not ByteLevel</source>
        <translation>post_processor 不是 ByteLevel</translation>
    </message>
    <message>
        <source>%1: id %2 stands for &apos;%3&apos; in tokenizer_config.json and for another token here; the files do not belong together.</source>
        <translation>%1：编号 %2 在 tokenizer_config.json 中代表 &apos;%3&apos;，在这里却代表另一个词元；文件不匹配。</translation>
    </message>
    <message>
        <source>%1: an object is expected.</source>
        <translation>%1：应为一个对象。</translation>
    </message>
    <message>
        <source>%1: added_tokens_decoder must be an object of id and token.</source>
        <translation>%1：added_tokens_decoder 必须是由编号和词元组成的对象。</translation>
    </message>
    <message>
        <source>%1: added_tokens_decoder has the key &apos;%2&apos;, which is no id.</source>
        <translation>%1：added_tokens_decoder 的键 &apos;%2&apos; 不是编号。</translation>
    </message>
    <message>
        <source>%1: an object of token and id is expected.</source>
        <translation>%1：应为由词元和编号组成的对象。</translation>
    </message>
    <message>
        <source>The tokenizer encodes the step label &apos;%1&apos; as several tokens; use one in which it is a single token.</source>
        <translation>分词器将步骤标签 &apos;%1&apos; 编码为多个词元；请换用将其作为单个词元的分词器。</translation>
    </message>
    <message>
        <source>The tokenizer has no added token %1; use that of an InternVL3 or Qwen2.5 checkpoint.</source>
        <translation>分词器没有附加词元 %1；请使用 InternVL3 或 Qwen2.5 检查点的分词器。</translation>
    </message>
    <message>
        <source>The conversation holds &lt;image&gt; more than once; a row has exactly one picture, so remove the others.</source>
        <translation>对话中有多个 &lt;image&gt;；一行只有一张图片，请去掉其余的。</translation>
    </message>
    <message>
        <source>The conversation holds &lt;image&gt; %1 times, but the row has %2 pictures; write it once for each picture, or not at all.</source>
        <translation>对话中有 %1 个 &lt;image&gt;，但该行有 %2 张图片；请每张图片写一次，或完全不写。</translation>
    </message>
    <message>
        <source>Cannot open &quot;%1&quot; to bring it to the disk: %2.</source>
        <translation>无法打开“%1”以写到磁盘：%2。</translation>
    </message>
    <message>
        <source>Cannot bring &quot;%1&quot; to the disk: %2. Check the disk and its space.</source>
        <translation>无法将“%1”写到磁盘：%2。请检查磁盘及其空间。</translation>
    </message>
    <message>
        <source>Cannot write &quot;%1&quot;: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot write &quot;%1&quot;: %2. Check the disk and its space.</source>
        <translation>无法写入“%1”：%2。请检查磁盘及其空间。</translation>
    </message>
    <message>
        <source>Cannot list the checkpoint folder &quot;%1&quot;: %2.</source>
        <translation>无法列出检查点文件夹“%1”：%2。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a plain file; a checkpoint holds plain files only.</source>
        <translation>“%1”不是普通文件；检查点只包含普通文件。</translation>
    </message>
    <message>
        <source>Cannot look at &quot;%1&quot;: %2.</source>
        <translation>无法查看“%1”：%2。</translation>
    </message>
    <message>
        <source>The checkpoint folder &quot;%1&quot; holds no file, so it cannot be completed.</source>
        <translation>检查点文件夹“%1”中没有文件，因此无法完成。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a manifest of a checkpoint; use another checkpoint.</source>
        <translation>“%1”不是检查点清单；请使用其他检查点。</translation>
    </message>
    <message>
        <source>Cannot remove the replaced checkpoint &quot;%1&quot;: %2.</source>
        <translation>无法删除被替换的检查点“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot complete the checkpoint &quot;%1&quot;: %2.</source>
        <translation>无法完成检查点“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot make the checkpoint folder &quot;%1&quot;: %2.</source>
        <translation>无法建立检查点文件夹“%1”：%2。</translation>
    </message>
    <message>
        <source>The checkpoint &quot;%1&quot; misses its file &quot;%2&quot;; use another checkpoint.</source>
        <translation>检查点“%1”缺少文件“%2”；请使用其他检查点。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has %2 bytes instead of %3; use another checkpoint.</source>
        <translation>“%1”有 %2 字节，而应为 %3 字节；请使用其他检查点。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is damaged: its SHA-256 differs from the manifest&apos;s; use another checkpoint.</source>
        <translation>“%1”已损坏：其 SHA-256 与清单不符；请使用其他检查点。</translation>
    </message>
    <message>
        <source>The checkpoint &quot;%1&quot; cannot be read: %2. It is left out; check its permissions and the disk.</source>
        <translation>无法读取检查点“%1”：%2。已略过；请检查其权限和磁盘。</translation>
    </message>
    <message>
        <source>The run folder &quot;%1&quot; cannot be listed: %2. Checkpoints in it may be missed; check its permissions and the disk.</source>
        <translation>无法列出运行文件夹“%1”：%2。其中的检查点可能被漏掉；请检查其权限和磁盘。</translation>
    </message>
    <message>
        <source>Cannot remove the old checkpoint &quot;%1&quot;: %2.</source>
        <translation>无法删除旧检查点“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot list the run folder &quot;%1&quot;: %2.</source>
        <translation>无法列出运行文件夹“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot remove the manifest of &quot;%1&quot;: %2.</source>
        <translation>无法删除“%1”的清单：%2。</translation>
    </message>
    <message>
        <source>The log &quot;%1&quot; of the run cannot be written: %2. Check the rights on its folder.</source>
        <translation>无法写入运行的日志“%1”：%2。请检查其文件夹的权限。</translation>
    </message>
    <message>
        <source>The log &quot;%1&quot; of the run cannot be written. Check the rights on its folder.</source>
        <translation>无法写入运行的日志“%1”。请检查其文件夹的权限。</translation>
    </message>
    <message>
        <source>The program &quot;%1&quot; cannot be started: %2. Install Winnow again if it is missing.</source>
        <translation>无法启动程序“%1”：%2。如果它不见了，请重新安装 Winnow。</translation>
    </message>
    <message>
        <source>The training engine is missing: there is no &quot;%1&quot;. Build it with WINNOW_BUILD_ENGINE=ON, or name it in WINNOW_ENGINE.</source>
        <translation>缺少训练引擎：没有“%1”。请以 WINNOW_BUILD_ENGINE=ON 构建，或在 WINNOW_ENGINE 中指定。</translation>
    </message>
    <message>
        <source>The training engine &quot;%1&quot; belongs to another build of Winnow than this program (%2; the program has stamp %3). Build both again, or install both from one package.</source>
        <translation>训练引擎“%1”与本程序不属于同一次构建（%2；程序的标记为 %3）。请重新构建两者，或从同一个安装包安装。</translation>
    </message>
    <message>
        <source>The training engine &quot;%1&quot; cannot be opened: %2. Run installer/setup to fetch LibTorch.</source>
        <translation>无法打开训练引擎“%1”：%2。请运行 installer/setup 以获取 LibTorch。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a training engine of Winnow. Check WINNOW_ENGINE.</source>
        <translation>“%1”不是 Winnow 的训练引擎。请检查 WINNOW_ENGINE。</translation>
    </message>
    <message>
        <source>The training engine &quot;%1&quot; could not be started.</source>
        <translation>无法启动训练引擎“%1”。</translation>
    </message>
    <message>
        <source>The import was stopped while its rows were being stored; import again to go on.</source>
        <translation>导入在保存数据行时被停止；请再次导入以继续。</translation>
    </message>
    <message>
        <source>Pictures that could be read at the start cannot be read any more (%1 times, first &quot;%2&quot;). Nothing computed without them was kept: bring them back, then resume from the last checkpoint.</source>
        <translation>开始时可以读取的图片现在无法读取（%1 次，首个“%2”）。没有保留任何缺图时的计算结果：请恢复图片，再从最后一个检查点继续。</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>检查已停止。</translation>
    </message>
    <message>
        <source>%1, row %2: the file holds another row than when it was read. Import it again to see it as it is now.</source>
        <translation>%1，第 %2 行：文件中的这一行与读取时不同。请重新导入以查看现在的内容。</translation>
    </message>
    <message>
        <source>%1: the file was changed while it was open. Choose the data set again.</source>
        <translation>%1：文件在打开时被改动。请重新选择数据集。</translation>
    </message>
    <message>
        <source>Run %1 was taken over by another program; it ends here.</source>
        <translation>运行 %1 已由另一个程序接管；在这里结束。</translation>
    </message>
    <message>
        <source>Run %1 was taken over by another program while this one did not answer; it goes on there.</source>
        <translation>本程序没有响应时，运行 %1 由另一个程序接管；它在那里继续。</translation>
    </message>
    <message>
        <source>%1 (And this could not be stored: %2)</source>
        <translation>%1（而且无法保存：%2）</translation>
    </message>
    <message>
        <source>The run ended by an unexpected fault of unknown kind.</source>
        <translation>运行因未知的意外故障结束。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3.</source>
        <translation>存储“%2”：无法%1：%3。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3. Free some space on that disk.</source>
        <translation>存储“%2”：无法%1：%3。请在该磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3. Another program holds it; try again when that has ended.</source>
        <translation>存储“%2”：无法%1：%3。另一个程序正占用它；请在其结束后重试。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3. Its folder does not exist; make it first.</source>
        <translation>存储“%2”：无法%1：%3。其文件夹不存在；请先建立。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3. Check the rights on the file and its folder.</source>
        <translation>存储“%2”：无法%1：%3。请检查文件及其文件夹的权限。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3. Check the disk.</source>
        <translation>存储“%2”：无法%1：%3。请检查磁盘。</translation>
    </message>
    <message>
        <source>Cannot %1 the store &quot;%2&quot;: %3. The file is damaged or is no store; restore it from a backup, or name another with --store FILE.</source>
        <translation>存储“%2”：无法%1：%3。文件已损坏或不是存储；请从备份恢复，或以 --store FILE 指定其他文件。</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>write to</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>look at</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>change a run of</source>
        <translation>更改运行</translation>
    </message>
    <message>
        <source>delete a run of</source>
        <translation>删除运行</translation>
    </message>
    <message>
        <source>restore a run of</source>
        <translation>恢复运行</translation>
    </message>
    <message>
        <source>add a run to</source>
        <translation>添加运行</translation>
    </message>
    <message>
        <source>read runs of</source>
        <translation>读取运行</translation>
    </message>
    <message>
        <source>read deleted runs of</source>
        <translation>读取已删除的运行</translation>
    </message>
    <message>
        <source>read the looks of runs of</source>
        <translation>读取运行的外观</translation>
    </message>
    <message>
        <source>keep the look of a run in</source>
        <translation>保存运行的外观</translation>
    </message>
    <message>
        <source>look for interrupted runs in</source>
        <translation>查找中断的运行</translation>
    </message>
    <message>
        <source>look for changes in</source>
        <translation>查找更改</translation>
    </message>
    <message>
        <source>read samples of</source>
        <translation>读取样本</translation>
    </message>
    <message>
        <source>add samples to</source>
        <translation>添加样本</translation>
    </message>
    <message>
        <source>count samples of</source>
        <translation>统计样本</translation>
    </message>
    <message>
        <source>search samples of</source>
        <translation>搜索样本</translation>
    </message>
    <message>
        <source>search the samples of</source>
        <translation>搜索样本</translation>
    </message>
    <message>
        <source>read sets of samples of</source>
        <translation>读取样本集合</translation>
    </message>
    <message>
        <source>save a set of samples in</source>
        <translation>保存样本集合</translation>
    </message>
    <message>
        <source>rename a set of samples in</source>
        <translation>重命名样本集合</translation>
    </message>
    <message>
        <source>delete a set of samples from</source>
        <translation>删除样本集合</translation>
    </message>
    <message>
        <source>combine sets of samples of</source>
        <translation>合并样本集合</translation>
    </message>
    <message>
        <source>read evaluations of</source>
        <translation>读取评估</translation>
    </message>
    <message>
        <source>add an evaluation to</source>
        <translation>添加评估</translation>
    </message>
    <message>
        <source>read step scores of</source>
        <translation>读取步骤分数</translation>
    </message>
    <message>
        <source>add step scores to</source>
        <translation>添加步骤分数</translation>
    </message>
    <message>
        <source>read weights of</source>
        <translation>读取权重</translation>
    </message>
    <message>
        <source>read weight units of</source>
        <translation>读取权重单元</translation>
    </message>
    <message>
        <source>add weight units to</source>
        <translation>添加权重单元</translation>
    </message>
    <message>
        <source>add a weight snapshot to</source>
        <translation>添加权重快照</translation>
    </message>
    <message>
        <source>read visits of</source>
        <translation>读取访问记录</translation>
    </message>
    <message>
        <source>add visits to</source>
        <translation>添加访问记录</translation>
    </message>
    <message>
        <source>read events of</source>
        <translation>读取事件</translation>
    </message>
    <message>
        <source>add events to</source>
        <translation>添加事件</translation>
    </message>
    <message>
        <source>read metrics of</source>
        <translation>读取指标</translation>
    </message>
    <message>
        <source>add metrics to</source>
        <translation>添加指标</translation>
    </message>
    <message>
        <source>read decisions of</source>
        <translation>读取决定</translation>
    </message>
    <message>
        <source>add decisions to</source>
        <translation>添加决定</translation>
    </message>
    <message>
        <source>take back decisions in</source>
        <translation>撤回决定</translation>
    </message>
    <message>
        <source>repeat decisions in</source>
        <translation>重做决定</translation>
    </message>
    <message>
        <source>read data sets of</source>
        <translation>读取数据集</translation>
    </message>
    <message>
        <source>add a data set to</source>
        <translation>添加数据集</translation>
    </message>
    <message>
        <source>rename a data set of</source>
        <translation>重命名数据集</translation>
    </message>
    <message>
        <source>read derived data sets of</source>
        <translation>读取派生数据集</translation>
    </message>
    <message>
        <source>note a derived data set in</source>
        <translation>记录派生数据集</translation>
    </message>
    <message>
        <source>read import reports of</source>
        <translation>读取导入报告</translation>
    </message>
    <message>
        <source>keep an import report in</source>
        <translation>保存导入报告</translation>
    </message>
    <message>
        <source>read saved queries of</source>
        <translation>读取已保存的查询</translation>
    </message>
    <message>
        <source>save a query in</source>
        <translation>保存查询</translation>
    </message>
    <message>
        <source>remove a query from</source>
        <translation>删除查询</translation>
    </message>
    <message>
        <source>read view settings of</source>
        <translation>读取视图设置</translation>
    </message>
    <message>
        <source>keep a view setting in</source>
        <translation>保存视图设置</translation>
    </message>
    <message>
        <source>read tags of</source>
        <translation>读取标签</translation>
    </message>
    <message>
        <source>read projects of</source>
        <translation>读取项目</translation>
    </message>
    <message>
        <source>add a project to</source>
        <translation>添加项目</translation>
    </message>
    <message>
        <source>read artifacts of</source>
        <translation>读取产物</translation>
    </message>
    <message>
        <source>add an artifact to</source>
        <translation>添加产物</translation>
    </message>
    <message>
        <source>remove an artifact from</source>
        <translation>删除产物</translation>
    </message>
    <message>
        <source>bring the schema up to date of</source>
        <translation>更新其结构</translation>
    </message>
    <message>
        <source>Cannot back up the store to &quot;%1&quot;: the file exists. Choose another name.</source>
        <translation>无法将存储备份到“%1”：文件已存在。请另选名称。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; is damaged: %2. Restore it from a backup.</source>
        <translation>存储“%1”已损坏：%2。请从备份恢复。</translation>
    </message>
    <message>
        <source>Neither HOME nor XDG_DATA_HOME is set, so there is no default place for the store. Name one with --store FILE.</source>
        <translation>HOME 和 XDG_DATA_HOME 都没有设置，因此存储没有默认位置。请以 --store FILE 指定。</translation>
    </message>
    <message>
        <source>Cannot create the folder &quot;%1&quot; for the store: %2. Name another file with --store FILE.</source>
        <translation>无法为存储建立文件夹“%1”：%2。请以 --store FILE 指定其他文件。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a file, so it cannot be the store. Name another with --store FILE.</source>
        <translation>“%1”不是文件，因此不能作为存储。请以 --store FILE 指定其他文件。</translation>
    </message>
    <message>
        <source>Cannot read the store &quot;%1&quot;. Check the rights on the file.</source>
        <translation>无法读取存储“%1”。请检查文件的权限。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a Winnow store, or it is damaged. It was left as it is. Name another file with --store FILE, or restore it from a backup.</source>
        <translation>“%1”不是 Winnow 存储，或已损坏。文件未被改动。请以 --store FILE 指定其他文件，或从备份恢复。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a SQLite file of another program. It was left as it is. Name another file with --store FILE.</source>
        <translation>“%1”是其他程序的 SQLite 文件。文件未被改动。请以 --store FILE 指定其他文件。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; was written by a newer Winnow (version %2, this one knows %3). Update Winnow, or name another file with --store FILE.</source>
        <translation>存储“%1”由更新的 Winnow 写入（版本 %2，本程序支持到 %3）。请更新 Winnow，或以 --store FILE 指定其他文件。</translation>
    </message>
    <message>
        <source>Cannot write the backup &quot;%1&quot; before the upgrade of the store: %2.</source>
        <translation>升级存储之前无法写入备份“%1”：%2。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; cannot use a write-ahead log on this file system (journal mode %2). Put it on a local disk.</source>
        <translation>存储“%1”在此文件系统上无法使用预写日志（日志模式 %2）。请将它放到本地磁盘。</translation>
    </message>
    <message>
        <source>The name of the store is empty. Name a file with --store FILE.</source>
        <translation>存储的名称为空。请以 --store FILE 指定文件。</translation>
    </message>
    <message>
        <source>A stored array says it holds %1 values, more than a store can hold: the row is damaged.</source>
        <translation>存储中的一个数组自称有 %1 个值，超过存储的容量：该行已损坏。</translation>
    </message>
    <message>
        <source>A stored array of %1 values cannot be unpacked: the row is damaged. Restore the store from a backup.</source>
        <translation>存储中一个有 %1 个值的数组无法解包：该行已损坏。请从备份恢复存储。</translation>
    </message>
    <message>
        <source>Sample %1 in the store &quot;%2&quot; cannot be read: the row is damaged. Restore the store from a backup.</source>
        <translation>无法读取存储“%2”中的样本 %1：该行已损坏。请从备份恢复存储。</translation>
    </message>
    <message>
        <source>Data set %1 of the store &quot;%2&quot; has no sample %3.</source>
        <translation>存储“%2”的数据集 %1 没有样本 %3。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; has no data set %2.</source>
        <translation>存储“%1”中没有数据集 %2。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; has no evaluation %2.</source>
        <translation>存储“%1”中没有评估 %2。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; has no run %2.</source>
        <translation>存储“%1”中没有运行 %2。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; has no run %2; it was purged.</source>
        <translation>存储“%1”中没有运行 %2；它已被清除。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; has no run %2. See &quot;winnow runs&quot;.</source>
        <translation>存储“%1”中没有运行 %2。请查看“winnow runs”。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; has several runs %2. Name one by its number; see &quot;winnow runs&quot;.</source>
        <translation>存储“%1”中有多个运行 %2。请用编号指定；请查看“winnow runs”。</translation>
    </message>
    <message>
        <source>Step scores of the two read-outs do not match in number; nothing was stored.</source>
        <translation>两种读法的步骤分数数量不一致；没有保存任何内容。</translation>
    </message>
    <message>
        <source>Step scores in the store &quot;%1&quot; are damaged. Evaluate again, or restore a backup.</source>
        <translation>存储“%1”中的步骤分数已损坏。请重新评估，或恢复备份。</translation>
    </message>
    <message>
        <source>Run %1 is %2 in process %3 on %4; stop it there first.</source>
        <translation>运行 %1（%2）在 %4 的进程 %3 中；请先在那里停止它。</translation>
    </message>
    <message>
        <source>Run %1 is %2 and cannot become %3.</source>
        <translation>运行 %1 的状态为%2，不能变为%3。</translation>
    </message>
    <message>
        <source>Run %1 is %2; there is nothing to %3.</source>
        <translation>运行 %1 的状态为%2；没有可%3的内容。</translation>
    </message>
    <message>
        <source>Run %1 is %2; stop it before it is deleted.</source>
        <translation>运行 %1 的状态为%2；请先停止再删除。</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>The name of run %1 cannot be empty.</source>
        <translation>运行 %1 的名称不能为空。</translation>
    </message>
    <message>
        <source>The system gave no random numbers for the UUID of a run; try again.</source>
        <translation>系统没有提供运行 UUID 所需的随机数；请重试。</translation>
    </message>
    <message>
        <source>A saved query needs a name; type one.</source>
        <translation>保存的查询需要名称；请输入。</translation>
    </message>
    <message>
        <source>A set needs a name. Type one.</source>
        <translation>集合需要名称。请输入。</translation>
    </message>
    <message>
        <source>Set %1 is not in this store. It may have been deleted; reload the page.</source>
        <translation>集合 %1 不在此存储中。它可能已被删除；请重新载入页面。</translation>
    </message>
    <message>
        <source>There is already a set named &quot;%1&quot; of this data. Choose another name.</source>
        <translation>此数据已有名为“%1”的集合。请另选名称。</translation>
    </message>
    <message>
        <source>The sets &quot;%1&quot; and &quot;%2&quot; belong to different data (%3, %4). Choose two sets of the same data.</source>
        <translation>集合“%1”和“%2”属于不同的数据（%3、%4）。请选择同一数据的两个集合。</translation>
    </message>
    <message>
        <source>Run %1 of the store &quot;%2&quot; names weight unit %3 that it does not have: the store is damaged. Restore it from a backup.</source>
        <translation>存储“%2”的运行 %1 指向它没有的权重单元 %3：存储已损坏。请从备份恢复。</translation>
    </message>
    <message>
        <source>Run %1 has no weight unit %2 (it has %3).</source>
        <translation>运行 %1 没有权重单元 %2（共有 %3 个）。</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间已满</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>文件夹不为空</translation>
    </message>
    <message>
        <source>database is locked</source>
        <translation>数据库被锁定</translation>
    </message>
    <message>
        <source>disk I/O error</source>
        <translation>磁盘读写错误</translation>
    </message>
    <message>
        <source>unable to open database file</source>
        <translation>无法打开数据库文件</translation>
    </message>
    <message>
        <source>attempt to write a readonly database</source>
        <translation>数据库是只读的</translation>
    </message>
    <message>
        <source>database disk image is malformed</source>
        <translation>数据库文件已损坏</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>文件不是数据库</translation>
    </message>
    <message>
        <source>database or disk is full</source>
        <translation>数据库或磁盘已满</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>%1 cannot be opened (%2); check the path and its permissions</source>
        <translation>%1 无法打开（%2）；请检查路径及其权限</translation>
    </message>
    <message>
        <source>%1 is not a file; name a file</source>
        <translation>%1 不是文件；请指定文件</translation>
    </message>
    <message>
        <source>%1 is longer than %2 bytes, the most that is read here</source>
        <translation>%1 超过 %2 字节，即此处读取的上限</translation>
    </message>
    <message>
        <source>%1 could not be read to its end; check the disk</source>
        <translation>%1 无法读到结尾；请检查磁盘</translation>
    </message>
    <message>
        <source>%1 has %2 bytes of JSON; at most %3 are read</source>
        <translation>%1 有 %2 字节的 JSON；最多读取 %3 字节</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text; save it as UTF-8</source>
        <translation>%1 不是 UTF-8 文字；请保存为 UTF-8</translation>
    </message>
    <message>
        <source>%1 is nested deeper than %2 levels; flatten it</source>
        <translation>%1 嵌套超过 %2 层；请减少嵌套</translation>
    </message>
    <message>
        <source>%1 is not valid JSON at line %2, column %3; correct it there</source>
        <translation>%1 在第 %2 行第 %3 列不是有效的 JSON；请在那里改正</translation>
    </message>
    <message>
        <source>%1 holds a JSON value that cannot be read (%2)</source>
        <translation>%1 含有无法读取的 JSON 值（%2）</translation>
    </message>
    <message>
        <source>Published, not measured here. On 900 questions one standard error at 84% is 1.2 points; the number of questions actually used is not stated.</source>
        <translation>已发表的数值，并非在此测得。900 道题、准确率 84% 时，一个标准误为 1.2 个百分点；实际使用的题数未说明。</translation>
    </message>
    <message>
        <source>DreamPRM-1.5, paper and README: published, MMMU validation</source>
        <translation>DreamPRM-1.5，论文与 README：已发表，MMMU 验证集</translation>
    </message>
    <message>
        <source>DreamPRM-1.5, paper and README: published, MMMU validation, GPT-5-mini candidates, 8 per question</source>
        <translation>DreamPRM-1.5，论文与 README：已发表，MMMU 验证集，GPT-5-mini 候选，每题 8 个</translation>
    </message>
    <message>
        <source>DreamPRM-1.5, commented out in the README and not in the paper: GPT-5-mini candidates, 8 per question</source>
        <translation>DreamPRM-1.5，README 中被注释掉且不在论文中：GPT-5-mini 候选，每题 8 个</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>Instance Table</source>
        <translation>样本权重表</translation>
    </message>
    <message>
        <source>Instance Net</source>
        <translation>样本权重网络</translation>
    </message>
    <message>
        <source>Domain table</source>
        <translation>领域权重表</translation>
    </message>
    <message>
        <source>No selection</source>
        <translation>不筛选</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>冷启动</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>pts</source>
        <translation>个百分点</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the run as lists show it; empty: made from the method and the seed.</source>
        <translation>列表中显示的运行名称；留空则由方法和随机种子生成。</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Cold start trains without weights; bi-level learns weights too.</source>
        <translation>冷启动训练时不用权重；双层训练同时学习权重。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Every random draw of the run comes from it.</source>
        <translation>运行中的每一次随机抽取都由它决定。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Fixed for the life of the run; 0 uses all cores but one.</source>
        <translation>在运行期间固定不变；0 表示使用除一个以外的全部核心。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Iterations between two checkpoints.</source>
        <translation>两个检查点之间的迭代数。</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Checkpoint folder that the run starts from.</source>
        <translation>运行开始时使用的检查点文件夹。</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Tokenizer folder; empty: the checkpoint&apos;s own.</source>
        <translation>分词器文件夹；留空则使用检查点自带的分词器。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Number format of weights and arithmetic; bf16 multiplies in bf16 and keeps weights and optimiser state in fp32, bf16-pure keeps them in bf16 too, as the reference does.</source>
        <translation>权重和运算所用的数值格式；bf16 以 bf16 做乘法，权重和优化器状态保持 fp32；bf16-pure 则与参考实现一样，连它们也以 bf16 保存。</translation>
    </message>
    <message>
        <source>Carry optimiser state</source>
        <translation>沿用优化器状态</translation>
    </message>
    <message>
        <source>Start from the lower optimiser&apos;s state that is stored in the checkpoint.</source>
        <translation>从检查点中保存的下层优化器状态开始。</translation>
    </message>
    <message>
        <source>Training rows</source>
        <translation>训练数据行</translation>
    </message>
    <message>
        <source>JSON or JSONL file of training rows.</source>
        <translation>训练数据行的 JSON 或 JSONL 文件。</translation>
    </message>
    <message>
        <source>Meta rows</source>
        <translation>元数据行</translation>
    </message>
    <message>
        <source>File of trusted rows that the weights are learned from.</source>
        <translation>用于学习权重的可信数据行文件。</translation>
    </message>
    <message>
        <source>Hold-out rows</source>
        <translation>留出数据行</translation>
    </message>
    <message>
        <source>Clean rows unused by the upper level; they choose the checkpoint.</source>
        <translation>上层不使用的干净数据行，用来选择检查点。</translation>
    </message>
    <message>
        <source>Test questions</source>
        <translation>测试题目</translation>
    </message>
    <message>
        <source>File of questions with candidates for best-of-N.</source>
        <translation>带候选解答的题目文件，用于 Best-of-N。</translation>
    </message>
    <message>
        <source>Missing picture</source>
        <translation>图片缺失</translation>
    </message>
    <message>
        <source>What happens to a training row whose picture is missing.</source>
        <translation>训练数据行的图片缺失时如何处理。</translation>
    </message>
    <message>
        <source>Most tiles</source>
        <translation>最多图块数</translation>
    </message>
    <message>
        <source>Largest number of tiles a training picture is cut into.</source>
        <translation>一张训练图片最多切成的图块数。</translation>
    </message>
    <message>
        <source>Most tiles at test</source>
        <translation>测试时最多图块数</translation>
    </message>
    <message>
        <source>Largest number of tiles a test picture is cut into.</source>
        <translation>一张测试图片最多切成的图块数。</translation>
    </message>
    <message>
        <source>Token limit</source>
        <translation>词元上限</translation>
    </message>
    <message>
        <source>A longer row is reported and skipped, never cut.</source>
        <translation>超长的数据行会被报告并跳过，绝不截断。</translation>
    </message>
    <message>
        <source>Meta rows in training set</source>
        <translation>元数据行并入训练集</translation>
    </message>
    <message>
        <source>The meta rows join the training set (the comparison &apos;none + meta rows&apos;).</source>
        <translation>元数据行并入训练集（对照“不筛选 + 元数据行”）。</translation>
    </message>
    <message>
        <source>AdamW form</source>
        <translation>AdamW 形式</translation>
    </message>
    <message>
        <source>As in torch, as the reference runs it (transformers 4.49), or a plain gradient step (sgd).</source>
        <translation>与 torch 相同、与参考实现（transformers 4.49）相同，或普通梯度步（sgd）。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Peak learning rate per iteration.</source>
        <translation>每次迭代的峰值学习率。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Decoupled weight decay.</source>
        <translation>解耦的权重衰减。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>Share of the old first moment kept.</source>
        <translation>保留的旧一阶矩比例。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>Share of the old second moment kept.</source>
        <translation>保留的旧二阶矩比例。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Added to the root of the second moment.</source>
        <translation>加在二阶矩平方根上的量。</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>裁剪范数</translation>
    </message>
    <message>
        <source>Largest norm of a gradient; 0: no clipping.</source>
        <translation>梯度的最大范数；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>Course of the learning rate over the run.</source>
        <translation>学习率在运行中的变化过程。</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>预热比例</translation>
    </message>
    <message>
        <source>Share of all iterations over which the learning rate rises; unused by the constant schedule.</source>
        <translation>学习率上升阶段占全部迭代的比例；恒定计划不使用。</translation>
    </message>
    <message>
        <source>Decay share</source>
        <translation>衰减比例</translation>
    </message>
    <message>
        <source>Share of all iterations, the last ones, over which the rate of stable-decay falls to 0.</source>
        <translation>stable-decay 计划中，学习率在最后多大比例的迭代内降到 0。</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代数</translation>
    </message>
    <message>
        <source>Steps of the lower level.</source>
        <translation>下层的训练步数。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Training rows per iteration.</source>
        <translation>每次迭代的训练数据行数。</translation>
    </message>
    <message>
        <source>Clip order</source>
        <translation>裁剪顺序</translation>
    </message>
    <message>
        <source>Clip the gradient and then multiply by the weight, or the other way round.</source>
        <translation>先裁剪梯度再乘以权重，或者相反。</translation>
    </message>
    <message>
        <source>Stochastic depth</source>
        <translation>随机深度</translation>
    </message>
    <message>
        <source>Drop layers at the checkpoint&apos;s rate, as the reference does.</source>
        <translation>按检查点的比率丢弃层，与参考实现相同。</translation>
    </message>
    <message>
        <source>Pixel noise</source>
        <translation>像素噪声</translation>
    </message>
    <message>
        <source>Standard deviation of noise on the picture, whose values lie in 0 to 1.</source>
        <translation>图片噪声的标准差，像素值在 0 到 1 之间。</translation>
    </message>
    <message>
        <source>Picture jitter</source>
        <translation>图片抖动</translation>
    </message>
    <message>
        <source>Tiles are moved, zoomed and turned at random while training, by at most this share of their side, of their size and of a quarter turn.</source>
        <translation>训练时随机平移、缩放和旋转图块，幅度最多为边长、尺寸和四分之一圈的这一比例。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>What has a weight of its own: nothing, subjects, rows, or a net.</source>
        <translation>拥有各自权重的对象：无、学科、数据行，或网络。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Function from the raw value to the weight.</source>
        <translation>从原始值到权重的函数。</translation>
    </message>
    <message>
        <source>Lowest weight</source>
        <translation>最低权重</translation>
    </message>
    <message>
        <source>Lower bound of the clip activation.</source>
        <translation>clip 激活函数的下界。</translation>
    </message>
    <message>
        <source>Highest weight</source>
        <translation>最高权重</translation>
    </message>
    <message>
        <source>Upper bound of the clip activation.</source>
        <translation>clip 激活函数的上界。</translation>
    </message>
    <message>
        <source>Initial value</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>Raw value of each unit at the start (table, domain).</source>
        <translation>每个单元在开始时的原始值（权重表、领域）。</translation>
    </message>
    <message>
        <source>Net input</source>
        <translation>网络输入</translation>
    </message>
    <message>
        <source>(P(+), P(-)) as the reference, or the probability of the given label too.</source>
        <translation>与参考实现相同的 (P(+), P(-))，或再加上给定标签的概率。</translation>
    </message>
    <message>
        <source>Net path</source>
        <translation>网络路径</translation>
    </message>
    <message>
        <source>Stop the gradient at the net&apos;s input, or let it flow through as the reference.</source>
        <translation>在网络输入处截断梯度，或像参考实现那样让梯度流过。</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>隐藏单元数</translation>
    </message>
    <message>
        <source>Width of the net&apos;s hidden layer.</source>
        <translation>网络隐藏层的宽度。</translation>
    </message>
    <message>
        <source>Meta batch</source>
        <translation>元批大小</translation>
    </message>
    <message>
        <source>Meta rows per iteration.</source>
        <translation>每次迭代的元数据行数。</translation>
    </message>
    <message>
        <source>Loss target</source>
        <translation>损失目标</translation>
    </message>
    <message>
        <source>Target token of a meta row&apos;s sites.</source>
        <translation>元数据行各判定位置的目标词元。</translation>
    </message>
    <message>
        <source>Hypergradient</source>
        <translation>超梯度</translation>
    </message>
    <message>
        <source>Exact derivative through one step, the quantity that the reference estimates, or both gradients before the step.</source>
        <translation>对一步更新的精确导数、参考实现所估计的量，或两个梯度都取在更新之前。</translation>
    </message>
    <message>
        <source>Estimator</source>
        <translation>估计方法</translation>
    </message>
    <message>
        <source>Product of two gradients (dot, batch 1), finite difference of losses (fd), product sample by sample for any batch (streamed), or forward derivative (jvp, slow, for checks).</source>
        <translation>两个梯度的内积（dot，批大小 1）、损失的有限差分（fd）、适用于任意批大小的逐样本内积（streamed），或前向导数（jvp，较慢，用于检查）。</translation>
    </message>
    <message>
        <source>Difference step</source>
        <translation>差分步长</translation>
    </message>
    <message>
        <source>Step of the finite difference, divided by the norm of the meta gradient.</source>
        <translation>有限差分的步长，再除以元梯度的范数。</translation>
    </message>
    <message>
        <source>Preconditioner</source>
        <translation>预条件</translation>
    </message>
    <message>
        <source>Scaling of the meta gradient before the product: none, AdamW&apos;s divisor, or the exact derivative of the AdamW step.</source>
        <translation>内积之前对元梯度的缩放：不缩放、AdamW 的除数，或 AdamW 更新的精确导数。</translation>
    </message>
    <message>
        <source>Meta gradient average</source>
        <translation>元梯度平均</translation>
    </message>
    <message>
        <source>Share of the old meta gradient kept; 0: off.</source>
        <translation>保留的旧元梯度比例；0 表示关闭。</translation>
    </message>
    <message>
        <source>Centring</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Take the mean of the batch&apos;s rows with the same last label off each hypergradient; label-scaled also divides by the batch&apos;s deviation and cuts at 3.</source>
        <translation>从每个超梯度中减去批内末步标签相同的各行的均值；label-scaled 还会除以批内标准差并截断在 3。</translation>
    </message>
    <message>
        <source>Meta interval</source>
        <translation>元梯度间隔</translation>
    </message>
    <message>
        <source>Iterations between two meta gradients; in between the last one is used again.</source>
        <translation>两次计算元梯度之间的迭代数；其间沿用上一次的结果。</translation>
    </message>
    <message>
        <source>Unrolled steps</source>
        <translation>展开步数</translation>
    </message>
    <message>
        <source>Lower steps to one upper step.</source>
        <translation>每个上层步对应的下层步数。</translation>
    </message>
    <message>
        <source>Unrolling</source>
        <translation>展开方式</translation>
    </message>
    <message>
        <source>Hypergradient of the last lower batch only, as the reference, or of all batches, exact.</source>
        <translation>只取最后一个下层批的超梯度（与参考实现相同），或取全部批的精确值。</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>Iterations between points of the accuracy curve; 0: at the end only.</source>
        <translation>准确率曲线上相邻两点之间的迭代数；0 表示只在结束时评估。</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>Candidates of a question that are looked at.</source>
        <translation>每道题考察的候选解答数。</translation>
    </message>
    <message>
        <source>Aggregate</source>
        <translation>聚合方式</translation>
    </message>
    <message>
        <source>How p(+) of the steps becomes one score.</source>
        <translation>如何由各步的 p(+) 得到一个分数。</translation>
    </message>
    <message>
        <source>Read-out</source>
        <translation>读出方式</translation>
    </message>
    <message>
        <source>Softmax over the whole vocabulary, or over + and - only.</source>
        <translation>在整个词表上做 softmax，或只在 + 和 - 上做。</translation>
    </message>
    <message>
        <source>Ties</source>
        <translation>并列处理</translation>
    </message>
    <message>
        <source>Which of several candidates with the best score is taken.</source>
        <translation>最高分并列时选取哪一个候选。</translation>
    </message>
    <message>
        <source>Step splitter</source>
        <translation>步骤切分</translation>
    </message>
    <message>
        <source>Keep numbers that end a sentence, or delete them as the reference does.</source>
        <translation>保留句末的数字，或像参考实现那样删除。</translation>
    </message>
    <message>
        <source>System text</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>System text of test rows without their own; empty: the VisualPRM prompt.</source>
        <translation>没有自带系统提示的测试行所用的提示；留空则用 VisualPRM 的提示。</translation>
    </message>
    <message>
        <source>Not a number</source>
        <translation>非数值</translation>
    </message>
    <message>
        <source>What follows a gradient that is no number, before any weight changes: stop the run, skip the iteration, or go back to the last checkpoint and leave the iteration out.</source>
        <translation>梯度不是数值时、在权重改变之前如何处理：停止运行、跳过该次迭代，或回到上一个检查点并略过该次迭代。</translation>
    </message>
    <message>
        <source>Most skips</source>
        <translation>最多跳过次数</translation>
    </message>
    <message>
        <source>The run stops after this many skipped iterations in a row, or this many roll-backs.</source>
        <translation>连续跳过这么多次迭代或回退这么多次后，运行停止。</translation>
    </message>
    <message>
        <source>Effective share</source>
        <translation>有效样本比例</translation>
    </message>
    <message>
        <source>Alert when the effective sample size of the weights falls below this share of their number; 0: off.</source>
        <translation>权重的有效样本量低于其数量的这一比例时发出警报；0 表示关闭。</translation>
    </message>
    <message>
        <source>Divergence</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>Alert when the average training loss exceeds its lowest value by this factor; 0: off.</source>
        <translation>训练损失的平均值超过其最低值的这一倍数时发出警报；0 表示关闭。</translation>
    </message>
    <message>
        <source>Loss average</source>
        <translation>损失平均</translation>
    </message>
    <message>
        <source>Share of the old value that the loss ranker keeps.</source>
        <translation>损失排序指标保留的旧值比例。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Weighting</source>
        <translation>加权</translation>
    </message>
    <message>
        <source>Meta level</source>
        <translation>元层</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状况</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Head-only iterations</source>
        <translation>仅输出头的迭代数</translation>
    </message>
    <message>
        <source>Cold start: so many first iterations move the output head alone, so that the large first gradients of new label words do not reach the features (linear probing, then fine-tuning).</source>
        <translation>冷启动：最初的这么多次迭代只更新输出头，使新标签词的较大初始梯度不影响特征（先线性探测，再微调）。</translation>
    </message>
    <message>
        <source>Head learning rate</source>
        <translation>输出头学习率</translation>
    </message>
    <message>
        <source>Constant learning rate of the head-only iterations.</source>
        <translation>仅输出头迭代的恒定学习率。</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>holdout</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>d MMM yyyy, hh:mm</source>
        <translation>yyyy-MM-dd hh:mm</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 次运行</translation>
    </message>
    <message>
        <source>%1 was left: it is no folder that Winnow made for the run.</source>
        <translation>%1 被保留：它不是 Winnow 为该运行创建的文件夹。</translation>
    </message>
    <message>
        <source>Could not delete %1: %2. Delete it by hand.</source>
        <translation>无法删除 %1：%2。请手动删除。</translation>
    </message>
    <message>
        <source>, label-aware input</source>
        <translation>，输入含给定标签</translation>
    </message>
    <message>
        <source>, reference input</source>
        <translation>，参考实现的输入</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>%1 iterations. No earlier run on this device, so the time is not known.</source>
        <translation>%1 次迭代。此设备上没有先前的运行，因此时间未知。</translation>
    </message>
    <message>
        <source>%1 iterations at %2/s</source>
        <translation>%1 次迭代，每秒 %2 次</translation>
    </message>
    <message>
        <source>1 earlier run</source>
        <translation>1 次先前的运行</translation>
    </message>
    <message>
        <source>%1 earlier runs</source>
        <translation>%1 次先前的运行</translation>
    </message>
    <message>
        <source>Rough: %1, scaled from %2 with other settings on this device</source>
        <translation>粗略估计：%1，由此设备上设置不同的 %2换算</translation>
    </message>
    <message>
        <source>%1, from %2 on this device</source>
        <translation>%1，根据此设备上的 %2</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Weighting</source>
        <translation>加权</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Best-of-N accuracy</source>
        <translation>Best-of-N 准确率</translation>
    </message>
    <message>
        <source>Test questions</source>
        <translation>测试题目</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>Time, s</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Iterations done</source>
        <translation>已完成迭代数</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Code version</source>
        <translation>代码版本</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父运行</translation>
    </message>
    <message>
        <source>Effective sample size</source>
        <translation>有效样本量</translation>
    </message>
    <message>
        <source>Put &apos;and&apos; or &apos;or&apos; before &apos;%1&apos;.</source>
        <translation>请在“%1”前加上 and 或 or。</translation>
    </message>
    <message>
        <source>This bracket is not closed.</source>
        <translation>这个括号没有闭合。</translation>
    </message>
    <message>
        <source>This quote is not closed.</source>
        <translation>这个引号没有闭合。</translation>
    </message>
    <message>
        <source>A name is missing here, for example seed.</source>
        <translation>此处缺少名称，例如 seed。</translation>
    </message>
    <message>
        <source>Unknown name &apos;%1&apos;.</source>
        <translation>未知的名称“%1”。</translation>
    </message>
    <message>
        <source>Unknown name &apos;%1&apos;. Did you mean &apos;%2&apos;?</source>
        <translation>未知的名称“%1”。您是指“%2”吗？</translation>
    </message>
    <message>
        <source>After &apos;%1&apos; put =, !=, &gt;, &gt;=, &lt;, &lt;=, ~ or in.</source>
        <translation>“%1”之后请写 =、!=、&gt;、&gt;=、&lt;、&lt;=、~ 或 in。</translation>
    </message>
    <message>
        <source>After &apos;in&apos; put values in brackets, for example (1, 2).</source>
        <translation>in 之后请在括号中写出取值，例如 (1, 2)。</translation>
    </message>
    <message>
        <source>Put a comma before &apos;%1&apos;.</source>
        <translation>请在“%1”前加逗号。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is text; use =, !=, ~ or in.</source>
        <translation>“%1”是文本；请使用 =、!=、~ 或 in。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a number; use =, !=, &gt;, &gt;=, &lt;, &lt;= or in.</source>
        <translation>“%1”是数值；请使用 =、!=、&gt;、&gt;=、&lt;、&lt;= 或 in。</translation>
    </message>
    <message>
        <source>A value is missing after &apos;%1&apos;.</source>
        <translation>“%1”之后缺少取值。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a number; &apos;%2&apos; is none.</source>
        <translation>“%1”是数值，而“%2”不是。</translation>
    </message>
    <message>
        <source>Write a date as 2026-11-20.</source>
        <translation>日期请写成 2026-11-20 的形式。</translation>
    </message>
    <message>
        <source>This is no regular expression: %1.</source>
        <translation>这不是正则表达式：%1。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is one of %2.</source>
        <translation>“%1”应为 %2 之一。</translation>
    </message>
    <message>
        <source> Did you mean &apos;%1&apos;?</source>
        <translation> 您是指“%1”吗？</translation>
    </message>
    <message>
        <source>1 run, no spread</source>
        <translation>1 次运行，无离散度</translation>
    </message>
    <message>
        <source>95%, %1 runs</source>
        <translation>95%，%1 次运行</translation>
    </message>
    <message>
        <source>mean ± sd</source>
        <translation>均值 ± 标准差</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>of unknown content</source>
        <translation>内容未知</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 次运行</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>meta</source>
        <translation>元</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>Rankers</name>
    <message>
        <source>Learned weight</source>
        <translation>学得权重</translation>
    </message>
    <message>
        <source>Loss EMA</source>
        <translation>损失 EMA</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Variability</source>
        <translation>变异度</translation>
    </message>
    <message>
        <source>Area under margin</source>
        <translation>间隔下面积</translation>
    </message>
    <message>
        <source>In-run Shapley</source>
        <translation>运行内 Shapley</translation>
    </message>
    <message>
        <source>Consensus of %1 runs</source>
        <translation>%1 次运行的共识</translation>
    </message>
    <message>
        <source>Confident learning</source>
        <translation>置信学习</translation>
    </message>
</context>
<context>
    <name>RunState</name>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>winnow::ui::AskDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>winnow::ui::CloseDialog</name>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Runs are waiting for their turn</source>
        <translation>有运行正在排队</translation>
    </message>
    <message>
        <source>A run is at work in this window</source>
        <translation>此窗口中有运行正在进行</translation>
    </message>
    <message>
        <source>1 run waits in the queue</source>
        <translation>队列中有 1 次运行</translation>
    </message>
    <message>
        <source>%1 runs wait in the queue</source>
        <translation>队列中有 %1 次运行</translation>
    </message>
    <message>
        <source>Pause with checkpoint</source>
        <translation>保存检查点并暂停</translation>
    </message>
    <message>
        <source>Ends at the next step. The next window offers to go on from there.</source>
        <translation>在下一步结束。下一个窗口可从那里继续。</translation>
    </message>
    <message>
        <source>Keep running in the background</source>
        <translation>在后台继续运行</translation>
    </message>
    <message>
        <source>Goes on in a process of its own from a checkpoint. The next window finds it.</source>
        <translation>从检查点起在独立进程中继续。下一个窗口会找到它。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends at the next step with a checkpoint. Runs that wait are stopped too.</source>
        <translation>保存检查点后在下一步结束。排队的运行也会停止。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>winnow::ui::ColumnChooser</name>
    <message>
        <source>Find a column or setting</source>
        <translation>查找列或设置</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>winnow::ui::CommandPalette</name>
    <message>
        <source>Type a command; @ for a run, # for a sample</source>
        <translation>输入命令；@ 查找运行，# 查找样本</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>没有匹配项。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::ComparePage</name>
    <message>
        <source>Choose two to twelve runs.</source>
        <translation>请选择 2 到 12 次运行。</translation>
    </message>
    <message>
        <source>Open runs</source>
        <translation>打开“运行”页</translation>
    </message>
    <message>
        <source>Let go of what was brushed</source>
        <translation>取消框选的样本</translation>
    </message>
    <message>
        <source>0 settings differ</source>
        <translation>0 项设置不同</translation>
    </message>
    <message>
        <source>Score: mean p(+)</source>
        <translation>分数：p(+) 的均值</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>log-mean</source>
        <translation>对数均值</translation>
    </message>
    <message>
        <source>last</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>sum of logs</source>
        <translation>对数之和</translation>
    </message>
    <message>
        <source>Score: %1 p(+)</source>
        <translation>分数：p(+) 的%1</translation>
    </message>
    <message>
        <source>Ties: last</source>
        <translation>并列：取最后</translation>
    </message>
    <message>
        <source>first</source>
        <translation>最先</translation>
    </message>
    <message>
        <source>Ties: first</source>
        <translation>并列：取最先</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Report, tables and curves of these runs</source>
        <translation>这些运行的报告、表格和曲线</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>导出报告…</translation>
    </message>
    <message>
        <source>Accuracy against N</source>
        <translation>准确率随 N 变化</translation>
    </message>
    <message>
        <source>Paired tests against A</source>
        <translation>与 A 的配对检验</translation>
    </message>
    <message>
        <source>List of samples</source>
        <translation>样本列表</translation>
    </message>
    <message>
        <source>All series of these runs as CSV…</source>
        <translation>将这些运行的全部序列导出为 CSV…</translation>
    </message>
    <message>
        <source>Best-of-N accuracy</source>
        <translation>Best-of-N 准确率</translation>
    </message>
    <message>
        <source>Against N</source>
        <translation>随 N</translation>
    </message>
    <message>
        <source>Against iteration</source>
        <translation>随迭代</translation>
    </message>
    <message>
        <source>Evaluate now…</source>
        <translation>立即评估…</translation>
    </message>
    <message>
        <source>Paired test, B against A</source>
        <translation>配对检验，B 对 A</translation>
    </message>
    <message>
        <source>Run beside A</source>
        <translation>与 A 对照的运行</translation>
    </message>
    <message>
        <source>Published, for reference</source>
        <translation>已发表结果，仅供参考</translation>
    </message>
    <message>
        <source>Close published numbers</source>
        <translation>关闭已发表结果</translation>
    </message>
    <message>
        <source>Baselines that are drawn</source>
        <translation>要绘制的基线</translation>
    </message>
    <message>
        <source>Oracle</source>
        <translation>最优上限</translation>
    </message>
    <message>
        <source>Self-consistency</source>
        <translation>自一致性</translation>
    </message>
    <message>
        <source>Random pick</source>
        <translation>随机选取</translation>
    </message>
    <message>
        <source>Weights, B against A</source>
        <translation>权重，B 对 A</translation>
    </message>
    <message>
        <source>Overlap of the k lowest</source>
        <translation>最低 k 个的重叠</translation>
    </message>
    <message>
        <source>k = %1</source>
        <translation>k = %1</translation>
    </message>
    <message>
        <source>Samples of the quadrant</source>
        <translation>该象限的样本</translation>
    </message>
    <message>
        <source>Only A rejects</source>
        <translation>仅 A 拒绝</translation>
    </message>
    <message>
        <source>Quadrant</source>
        <translation>象限</translation>
    </message>
    <message>
        <source>Open in Samples</source>
        <translation>在“样本”页打开</translation>
    </message>
    <message>
        <source>All series of these runs</source>
        <translation>这些运行的全部序列</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>%1 samples selected</source>
        <translation>已选择 %1 个样本</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>A and %1: different data</source>
        <translation>A 与 %1：数据不同</translation>
    </message>
    <message>
        <source>Same data %1 ✓</source>
        <translation>数据相同 %1 ✓</translation>
    </message>
    <message>
        <source>A and %1: same data %2 ✓, others differ: %3</source>
        <translation>A 与 %1：数据相同 %2 ✓，其他不同：%3</translation>
    </message>
    <message>
        <source>Paired test, %1 against A</source>
        <translation>配对检验，%1 对 A</translation>
    </message>
    <message>
        <source>Weights, %1 against A</source>
        <translation>权重，%1 对 A</translation>
    </message>
    <message>
        <source>Click: make it the reference A, or take it away</source>
        <translation>单击：设为参照 A，或移除</translation>
    </message>
    <message>
        <source>Make it the reference A</source>
        <translation>设为参照 A</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add run</source>
        <translation>添加运行</translation>
    </message>
    <message>
        <source>code version</source>
        <translation>代码版本</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>1 setting differs</source>
        <translation>1 项设置不同</translation>
    </message>
    <message>
        <source>%1 settings differ</source>
        <translation>%1 项设置不同</translation>
    </message>
    <message>
        <source>%1 has other test data</source>
        <translation>%1 的测试数据不同</translation>
    </message>
    <message>
        <source>%1 not evaluated</source>
        <translation>%1 未评估</translation>
    </message>
    <message>
        <source>n = %1, 95% bootstrap band</source>
        <translation>n = %1，95% 自助法区间带</translation>
    </message>
    <message>
        <source>candidates N, log scale</source>
        <translation>候选数 N，对数刻度</translation>
    </message>
    <message>
        <source>N = %1, n = %2</source>
        <translation>N = %1，n = %2</translation>
    </message>
    <message>
        <source>Self-cons.</source>
        <translation>自一致性</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>No run was evaluated while it trained.</source>
        <translation>没有运行在训练期间被评估。</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>次迭代</translation>
    </message>
    <message>
        <source>Not evaluated on a common test set. Evaluate both runs to test them against each other.</source>
        <translation>没有在共同的测试集上评估。请评估两次运行以便相互检验。</translation>
    </message>
    <message>
        <source>%1 minus A, best-of-%2, %3 paired questions.</source>
        <translation>%1 减 A，Best-of-%2，%3 道配对题目。</translation>
    </message>
    <message>
        <source>No question was answered by both.</source>
        <translation>没有两者都回答的题目。</translation>
    </message>
    <message>
        <source>No difference can be shown.</source>
        <translation>无法证明存在差异。</translation>
    </message>
    <message>
        <source>%1 is better by %2 points.</source>
        <translation>%1 高出 %2 个百分点。</translation>
    </message>
    <message>
        <source>A is better by %1 points.</source>
        <translation>A 高出 %1 个百分点。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题目数</translation>
    </message>
    <message>
        <source>Best of %1</source>
        <translation>best of %1</translation>
    </message>
    <message>
        <source>against</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>Difference, points</source>
        <translation>差异（百分点）</translation>
    </message>
    <message>
        <source>low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>high</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>变对</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>变错</translation>
    </message>
    <message>
        <source>McNemar p</source>
        <translation>McNemar p</translation>
    </message>
    <message>
        <source>Both keep</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Both reject</source>
        <translation>两者都拒绝</translation>
    </message>
    <message>
        <source>Only %1 rejects</source>
        <translation>仅 %1 拒绝</translation>
    </message>
    <message>
        <source>These runs used different data (%1, %2). Weights cannot be matched.</source>
        <translation>这些运行使用了不同的数据（%1，%2），权重无法对应。</translation>
    </message>
    <message>
        <source>These runs kept different rows of the same data. Weights cannot be matched.</source>
        <translation>这些运行保留了同一数据的不同行，权重无法对应。</translation>
    </message>
    <message>
        <source>A run without learned weights has none to compare.</source>
        <translation>没有学得权重的运行无从比较。</translation>
    </message>
    <message>
        <source>weight in A at iteration %1, in %2 at %3</source>
        <translation>A 在迭代 %1 的权重，%2 在 %3</translation>
    </message>
    <message>
        <source>only A rejects %1</source>
        <translation>仅 A 拒绝 %1</translation>
    </message>
    <message>
        <source>both keep %1</source>
        <translation>都保留 %1</translation>
    </message>
    <message>
        <source>both reject %1</source>
        <translation>都拒绝 %1</translation>
    </message>
    <message>
        <source>only %1 rejects %2</source>
        <translation>仅 %1 拒绝 %2</translation>
    </message>
    <message>
        <source>ρ = %1, τ = %2, n = %3</source>
        <translation>ρ = %1，τ = %2，n = %3</translation>
    </message>
    <message>
        <source>, %1 never visited</source>
        <translation>，%1 个从未访问</translation>
    </message>
    <message>
        <source>ρ: Spearman&apos;s rank correlation, τ: Kendall&apos;s tau-b, of the two runs&apos; weights.</source>
        <translation>ρ：两次运行权重的 Spearman 秩相关；τ：Kendall tau-b。</translation>
    </message>
    <message>
        <source>known flipped</source>
        <translation>已知被翻转</translation>
    </message>
    <message>
        <source>A and %1</source>
        <translation>A 与 %1</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>随机水平</translation>
    </message>
    <message>
        <source>%1, 95% Wilson; dotted: chance</source>
        <translation>%1，95% Wilson；点线：随机</translation>
    </message>
    <message>
        <source>k lowest, log scale</source>
        <translation>最低 k 个，对数刻度</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>flipped</source>
        <translation>已翻转</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>干净</translation>
    </message>
    <message>
        <source>Brushed samples</source>
        <translation>框选的样本</translation>
    </message>
    <message>
        <source>%1 of %2 samples, largest rank gap first</source>
        <translation>%1 / %2 个样本，排名差最大者在前</translation>
    </message>
    <message>
        <source>%1 samples, largest rank gap first</source>
        <translation>%1 个样本，排名差最大者在前</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Given labels</source>
        <translation>给定标签</translation>
    </message>
    <message>
        <source>w in A</source>
        <translation>A 的权重</translation>
    </message>
    <message>
        <source>w in %1</source>
        <translation>%1 的权重</translation>
    </message>
    <message>
        <source>Rank A</source>
        <translation>A 的排名</translation>
    </message>
    <message>
        <source>Rank %1</source>
        <translation>%1 的排名</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已知</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Lasso: draw around the samples to list. Off: a rectangle</source>
        <translation>套索：圈出要列出的样本。关闭时为矩形</translation>
    </message>
</context>
<context>
    <name>winnow::ui::CountHistogram</name>
    <message>
        <source>%1 %2: %3 rows</source>
        <translation>%1 %2：%3 行</translation>
    </message>
    <message>
        <source>%1 to %2 %3: %4 rows</source>
        <translation>%1 到 %2 %3：%4 行</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>中位数 %1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::CurvePlot</name>
    <message>
        <source>%1 values of 0 or less are not on the log scale</source>
        <translation>有 %1 个不大于 0 的值不在对数刻度上</translation>
    </message>
    <message>
        <source>1 NaN or infinite value</source>
        <translation>1 个 NaN 或无穷值</translation>
    </message>
    <message>
        <source>%1 NaN or infinite values</source>
        <translation>%1 个 NaN 或无穷值</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>最大 %1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::DataPage</name>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rows kept</source>
        <translation>保留的行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>No data set yet. Import one, or start a run: it stores the sets it reads, with what was dropped and why.</source>
        <translation>还没有数据集。请导入一个，或启动运行：运行会保存它读取的数据集，以及丢弃了什么、为何丢弃。</translation>
    </message>
    <message>
        <source>Import data…</source>
        <translation>导入数据…</translation>
    </message>
    <message>
        <source>Import data (Ctrl+I): VisualPRM, DreamPRM, MMMU or MMMU-Pro files</source>
        <translation>导入数据（Ctrl+I）：VisualPRM、DreamPRM、MMMU 或 MMMU-Pro 文件</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Verify hash</source>
        <translation>校验哈希</translation>
    </message>
    <message>
        <source>Read the file and every picture again and compare with the hash that is stored</source>
        <translation>重新读取文件和每张图片，并与保存的哈希比较</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>What is shown of the data set</source>
        <translation>显示数据集的哪一部分</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>meta</source>
        <translation>元</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>SHA-256 %1</source>
        <translation>SHA-256 %1</translation>
    </message>
    <message>
        <source>Imported %1 from %2 in %3 · %4</source>
        <translation>由 %2 导入 %1，用时 %3 · %4</translation>
    </message>
    <message>
        <source>Read by a run %1 · %2</source>
        <translation>由运行读取 %1 · %2</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>有变化：%1</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>An import is at work. Wait for it or cancel it, then count.</source>
        <translation>正在导入数据。请等待其完成或取消后再统计。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::DatasetReport</name>
    <message>
        <source>Rows dropped, and kept rows to look at</source>
        <translation>被丢弃的行，以及保留但需查看的行</translation>
    </message>
    <message>
        <source>Every row was kept.</source>
        <translation>所有行都保留。</translation>
    </message>
    <message>
        <source>Rows dropped or to look at, by reason</source>
        <translation>被丢弃或需查看的行（按原因）</translation>
    </message>
    <message>
        <source>Rows of the chosen reason</source>
        <translation>所选原因的行</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>学科</translation>
    </message>
    <message>
        <source>Tokens a row</source>
        <translation>每行词元数</translation>
    </message>
    <message>
        <source>Tiles a row</source>
        <translation>每行图块数</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Rows kept</source>
        <translation>保留的行</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Rows that can be used, of those that the file holds.</source>
        <translation>文件所含的行中可以使用的行。</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Rows that are left out, by reason below.</source>
        <translation>被略去的行，原因见下。</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>判定位置</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>%1 right</source>
        <translation>%1 个正确</translation>
    </message>
    <message>
        <source>%1 +</source>
        <translation>%1 为 +</translation>
    </message>
    <message>
        <source>Candidate answers, and how many of them are right.</source>
        <translation>候选解答，以及其中正确的数量。</translation>
    </message>
    <message>
        <source>Supervised positions: steps with a label, and how many are +.</source>
        <translation>受监督的位置：有标签的步骤，以及其中 + 的数量。</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Kept rows whose texts and picture are those of an earlier row.</source>
        <translation>文本和图片与较早的行相同的保留行。</translation>
    </message>
    <message>
        <source>Pictures missing</source>
        <translation>缺失的图片</translation>
    </message>
    <message>
        <source>rows dropped</source>
        <translation>行已丢弃</translation>
    </message>
    <message>
        <source>rows kept</source>
        <translation>行已保留</translation>
    </message>
    <message>
        <source>Rows whose picture could not be opened at the import.</source>
        <translation>导入时图片无法打开的行。</translation>
    </message>
    <message>
        <source>Text only</source>
        <translation>仅文本</translation>
    </message>
    <message>
        <source>Rows that name no picture.</source>
        <translation>没有指定图片的行。</translation>
    </message>
    <message>
        <source>Known noise</source>
        <translation>已知噪声</translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>无标记</translation>
    </message>
    <message>
        <source>of %1, %2</source>
        <translation>共 %1，%2</translation>
    </message>
    <message>
        <source>Rows whose labels were flipped on purpose, where the file says so.</source>
        <translation>文件注明标签被故意翻转的行。</translation>
    </message>
    <message>
        <source>%1 of %2 rows dropped</source>
        <translation>丢弃 %1 / %2 行</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>那里的内容</translation>
    </message>
    <message>
        <source>right candidates</source>
        <translation>正确的候选</translation>
    </message>
    <message>
        <source>+ steps</source>
        <translation>+ 步骤</translation>
    </message>
    <message>
        <source>wrong candidates</source>
        <translation>错误的候选</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>no subject</source>
        <translation>无学科</translation>
    </message>
    <message>
        <source>1 subject</source>
        <translation>1 个学科</translation>
    </message>
    <message>
        <source>%1 subjects, n = %2 rows</source>
        <translation>%1 个学科，n = %2 行</translation>
    </message>
    <message>
        <source>all %1 rows</source>
        <translation>全部 %1 行</translation>
    </message>
    <message>
        <source>, counting all</source>
        <translation>，正在统计全部</translation>
    </message>
    <message>
        <source> · mean %1, largest %2</source>
        <translation> · 均值 %1，最大 %2</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>tiles</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>Only %1 of %2 rows are in the store: an import was ended early. Import the source again to complete the set.</source>
        <translation>存储中只有 %2 行中的 %1 行：导入提前结束。请再次导入来源以补全此数据集。</translation>
    </message>
    <message>
        <source>Answers: %1 right, %2 wrong.</source>
        <translation>答案：%1 对，%2 错。</translation>
    </message>
    <message>
        <source>%1 rows name several pictures: %2.</source>
        <translation>%1 行指定了多张图片：%2。</translation>
    </message>
    <message>
        <source>The system text was replaced by the one that meta rows carry.</source>
        <translation>系统提示已替换为元数据行所带的系统提示。</translation>
    </message>
    <message>
        <source>%1 = this set − %2 excluded, %3 flipped (%4 rows).</source>
        <translation>%1 = 此数据集 − 排除 %2，翻转 %3（%4 行）。</translation>
    </message>
    <message>
        <source>Start run on it…</source>
        <translation>在其上启动运行…</translation>
    </message>
    <message>
        <source>Decisions: %1 keep, %2 flip, %3 exclude, %4 unsure.</source>
        <translation>决定：保留 %1，翻转 %2，排除 %3，不确定 %4。</translation>
    </message>
    <message>
        <source>Nothing odd was found.</source>
        <translation>没有发现异常。</translation>
    </message>
    <message>
        <source>sample of %1 of %2 rows</source>
        <translation>抽样 %1 行，共 %2 行</translation>
    </message>
    <message>
        <source>The sample was drawn with seed %1; all rows are counted in the background of an import.</source>
        <translation>抽样使用随机种子 %1；导入时会在后台统计全部行。</translation>
    </message>
    <message>
        <source>Count tokens and tiles</source>
        <translation>统计词元与图块</translation>
    </message>
    <message>
        <source>Read the file again and count what its rows are for the model of the run that read it</source>
        <translation>重新读取该文件，按读取它的运行所用的模型统计各行</translation>
    </message>
    <message>
        <source>No tokenizer was named.</source>
        <translation>未指定分词器。</translation>
    </message>
    <message>
        <source>Import data…</source>
        <translation>导入数据…</translation>
    </message>
    <message>
        <source>Tokens and tiles a row</source>
        <translation>每行的词元与图块</translation>
    </message>
    <message>
        <source>This set holds no row.</source>
        <translation>此数据集没有任何行。</translation>
    </message>
    <message>
        <source>None of the %1 rows of this set is in the store: an import was ended early. Import the source again to complete the set.</source>
        <translation>此数据集的 %1 行都不在存储中：导入提前结束。请重新导入来源以补全该数据集。</translation>
    </message>
    <message>
        <source>No row was counted.</source>
        <translation>没有统计任何行。</translation>
    </message>
    <message>
        <source>The rows are being counted.</source>
        <translation>正在统计各行。</translation>
    </message>
    <message>
        <source>A run reads its data without counting: how long the rows are, and how many tiles they show, is known once they are counted.</source>
        <translation>运行读取数据时不做统计：各行有多长、显示多少图块，统计后才知道。</translation>
    </message>
    <message>
        <source>Counted in the sets of its two files.</source>
        <translation>请在其两个文件各自的数据集中统计。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::DatasetRows</name>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>Search question, steps, id or subject</source>
        <translation>搜索题目、步骤、标识或学科</translation>
    </message>
    <message>
        <source>Search rows</source>
        <translation>搜索数据行</translation>
    </message>
    <message>
        <source>Search rows (Ctrl+F). Upper and lower case of a to z are alike.</source>
        <translation>搜索数据行（Ctrl+F）。字母 a 到 z 不分大小写。</translation>
    </message>
    <message>
        <source>Rows of the data set</source>
        <translation>数据集的行</translation>
    </message>
    <message>
        <source>Choose tokenizer…</source>
        <translation>选择分词器…</translation>
    </message>
    <message>
        <source>Folder with the tokenizer that tokens are counted with, as a rule the checkpoint</source>
        <translation>用来统计词元的分词器所在文件夹，通常是检查点</translation>
    </message>
    <message>
        <source>Tokens as counted by %1</source>
        <translation>词元由 %1 统计</translation>
    </message>
    <message>
        <source>No row holds &quot;%1&quot;.</source>
        <translation>没有行包含“%1”。</translation>
    </message>
    <message>
        <source>Looking through the file…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 found in the first %2 of %3</source>
        <translation>在前 %2 / %3 行中找到 %1 行</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 / %2 行</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No row of this set is in the store.</source>
        <translation>存储中没有此数据集的任何行。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::DatasetRowsModel</name>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>学科</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>判定位置</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>图块</translation>
    </message>
</context>
<context>
    <name>winnow::ui::EvaluateDialog</name>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Log-mean</source>
        <translation>对数均值</translation>
    </message>
    <message>
        <source>Last</source>
        <comment>step</comment>
        <translation>末步</translation>
    </message>
    <message>
        <source>Sum of logs</source>
        <translation>对数之和</translation>
    </message>
    <message>
        <source>iteration %1, chosen by the hold-out</source>
        <translation>迭代 %1，由留出集选定</translation>
    </message>
    <message>
        <source>iteration %1, the last</source>
        <translation>迭代 %1，最后一个</translation>
    </message>
    <message>
        <source>the newest of the run</source>
        <translation>该运行最新的检查点</translation>
    </message>
    <message>
        <source>Evaluate a run</source>
        <translation>评估运行</translation>
    </message>
    <message>
        <source>Scores every candidate of a test file with a checkpoint and picks the best of N. The work is done by a process of its own and stored with the run.</source>
        <translation>用检查点为测试文件的每个候选解答打分，并从 N 个中选出最好的。工作由独立进程完成，结果保存在该运行下。</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>%1 is being evaluated</source>
        <translation>正在评估 %1</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Runs that have a checkpoint</source>
        <translation>有检查点的运行</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Test file</source>
        <translation>测试文件</translation>
    </message>
    <message>
        <source>JSON of questions with candidates (MMMU-Pro form)</source>
        <translation>带候选解答的题目 JSON 文件（MMMU-Pro 格式）</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>N of best-of-N</source>
        <translation>Best-of-N 中的 N</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>One score of a candidate from p(+) of its steps</source>
        <translation>由各步的 p(+) 得到候选解答的一个分数</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel the evaluation</source>
        <translation>取消评估</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看结果</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Rows (*.json *.jsonl)</source>
        <translation>数据行 (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>No run has a checkpoint yet.</source>
        <translation>还没有运行有检查点。</translation>
    </message>
    <message>
        <source>Name a test file.</source>
        <translation>请指定测试文件。</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
    <message>
        <source>Candidates must be 1 or more.</source>
        <translation>候选数须不小于 1。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::EvaluationPage</name>
    <message>
        <source>Accuracy against N</source>
        <translation>准确率随 N 变化</translation>
    </message>
    <message>
        <source>Accuracy against iteration</source>
        <translation>准确率随迭代变化</translation>
    </message>
    <message>
        <source>No run was evaluated while it trained.</source>
        <translation>没有运行在训练期间被评估。</translation>
    </message>
    <message>
        <source>candidates N, log scale</source>
        <translation>候选数 N，对数刻度</translation>
    </message>
    <message>
        <source>N = %1</source>
        <translation>N = %1</translation>
    </message>
    <message>
        <source>iterations, as evaluated in training</source>
        <translation>次迭代，训练期间的评估</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>95% 区间</translation>
    </message>
    <message>
        <source>95% bootstrap band</source>
        <translation>95% 自助法区间带</translation>
    </message>
    <message>
        <source>n = %5, %6 · ties %1 · no usable score %2 · unparsable %3 of %4 candidates</source>
        <translation>n = %5，%6 · 并列 %1 · 无可用分数 %2 · %4 个候选中 %3 个无法解析</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>无分数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 of %2 candidates are right.</source>
        <translation>%2 个候选中 %1 个正确。</translation>
    </message>
    <message>
        <source>Right answer: %1, in %2 of %3 candidates.</source>
        <translation>正确答案：%1，出现在 %3 个候选中的 %2 个。</translation>
    </message>
    <message>
        <source>Most frequent: %1 (%2 times).</source>
        <translation>最常见：%1（%2 次）。</translation>
    </message>
    <message>
        <source>Most frequent: %1, tie (%2 times each).</source>
        <translation>最常见：%1，并列（各 %2 次）。</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <source>No test set</source>
        <translation>无测试集</translation>
    </message>
    <message>
        <source>No run is evaluated yet. Scores of a test set appear with the accuracy curve of a run.</source>
        <translation>还没有评估过的运行。测试集分数随运行的准确率曲线出现。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Log-mean</source>
        <translation>对数均值</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>末步</translation>
    </message>
    <message>
        <source>Last</source>
        <comment>candidate</comment>
        <translation>最后</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Sum of logs: log-mean times the step count</source>
        <translation>对数之和：对数均值乘以步数</translation>
    </message>
    <message>
        <source>Ties</source>
        <translation>并列处理</translation>
    </message>
    <message>
        <source>First</source>
        <comment>candidate</comment>
        <translation>最先</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>+ of all tokens</source>
        <translation>+ 占全部词元</translation>
    </message>
    <message>
        <source>+ of + and −</source>
        <translation>+ 占 + 与 −</translation>
    </message>
    <message>
        <source>No new inference needed</source>
        <translation>无需重新推理</translation>
    </message>
    <message>
        <source>Candidates, score, ties and probability are applied to stored step scores.</source>
        <translation>候选数、分数、并列与概率均作用于已保存的步骤分数。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Evaluate a run…</source>
        <translation>评估运行…</translation>
    </message>
    <message>
        <source>Score a checkpoint on a test file</source>
        <translation>用检查点为测试文件打分</translation>
    </message>
    <message>
        <source>Best-of-N accuracy</source>
        <translation>Best-of-N 准确率</translation>
    </message>
    <message>
        <source>Best-of-8 accuracy</source>
        <translation>Best-of-8 准确率</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>By N</source>
        <translation>按 N</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>By subject</source>
        <translation>按学科</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>学科</translation>
    </message>
    <message>
        <source>Discipline</source>
        <translation>门类</translation>
    </message>
    <message>
        <source>Subjects or disciplines</source>
        <translation>学科或门类</translation>
    </message>
    <message>
        <source>Changed picks</source>
        <translation>选择有变的题目</translation>
    </message>
    <message>
        <source>Whole candidate</source>
        <translation>完整的候选解答</translation>
    </message>
    <message>
        <source>Next changed pick</source>
        <translation>下一道选择有变的题目</translation>
    </message>
    <message>
        <source>Previous changed pick</source>
        <translation>上一道选择有变的题目</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>次迭代</translation>
    </message>
    <message>
        <source>p(+) of the last step over training</source>
        <translation>最后一步的 p(+) 随训练变化</translation>
    </message>
    <message>
        <source>Go to candidate %1</source>
        <translation>转到候选 %1</translation>
    </message>
    <message>
        <source>Show the whole candidate</source>
        <translation>显示完整的候选解答</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>%1, %2 questions</source>
        <translation>%1，%2 道题</translation>
    </message>
    <message>
        <source>Oracle</source>
        <translation>最优上限</translation>
    </message>
    <message>
        <source>not evaluated</source>
        <translation>未评估</translation>
    </message>
    <message>
        <source>Self-consistency</source>
        <translation>自一致性</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Best-of-%1 accuracy</source>
        <translation>Best-of-%1 准确率</translation>
    </message>
    <message>
        <source>By discipline</source>
        <translation>按门类</translation>
    </message>
    <message>
        <source>no subject</source>
        <translation>无学科</translation>
    </message>
    <message>
        <source>n %1</source>
        <translation>n %1</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>变对</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>变错</translation>
    </message>
    <message>
        <source>A against %1: %2 gained, %3 lost, p = %4</source>
        <translation>A 对 %1：变对 %2，变错 %3，p = %4</translation>
    </message>
    <message>
        <source>needs two evaluated runs</source>
        <translation>需要两次已评估的运行</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Pick of A</source>
        <translation>A 的选择</translation>
    </message>
    <message>
        <source>A answers</source>
        <translation>A 的答案</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 的答案</translation>
    </message>
    <message>
        <source>%1: candidate %2, %3</source>
        <translation>%1：候选 %2，%3</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source> (tie)</source>
        <translation>（并列）</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>p(+) of every step, model A</source>
        <translation>每一步的 p(+)，模型 A</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Score %1</source>
        <translation>%1 的分数</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Picked by</source>
        <translation>选择者</translation>
    </message>
    <message>
        <source>model A, %1 of %2 candidates</source>
        <translation>模型 A，%1 / %2 个候选</translation>
    </message>
    <message>
        <source>One scoring only.</source>
        <translation>只有一次打分。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::EvaluationRunner</name>
    <message>
        <source>%1 is being evaluated. Wait for it, or cancel it first.</source>
        <translation>正在评估 %1。请等它完成，或先取消。</translation>
    </message>
    <message>
        <source>The program &apos;winnow&apos; is not beside this one (%1). Install it, then evaluate.</source>
        <translation>程序 winnow 不在本程序旁边（%1）。请先安装，再评估。</translation>
    </message>
    <message>
        <source>The evaluation did not start: %1</source>
        <translation>评估没有启动：%1</translation>
    </message>
    <message>
        <source>The evaluation of %1 was cancelled; nothing was stored.</source>
        <translation>已取消对 %1 的评估；没有保存任何内容。</translation>
    </message>
    <message>
        <source>The evaluation of %1 failed: %2</source>
        <translation>对 %1 的评估失败：%2</translation>
    </message>
    <message>
        <source>the program ended with status %1.</source>
        <translation>程序以状态 %1 结束。</translation>
    </message>
    <message>
        <source>Reading the test file</source>
        <translation>正在读取测试文件</translation>
    </message>
    <message>
        <source>Scoring candidates</source>
        <translation>正在为候选解答打分</translation>
    </message>
    <message>
        <source>%1, best-of-%2: %3, n = %4</source>
        <translation>%1，Best-of-%2：%3，n = %4</translation>
    </message>
</context>
<context>
    <name>winnow::ui::EventList</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>No events yet.</source>
        <translation>还没有事件。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::FirstStart</name>
    <message>
        <source>Find the training samples that hurt</source>
        <translation>找出有害的训练样本</translation>
    </message>
    <message>
        <source>Winnow trains a process reward model, learns one weight per sample, and shows which
samples were pushed down. Nothing is in this store yet.</source>
        <translation>Winnow 训练过程奖励模型，为每个样本学习一个权重，
并指出哪些样本被压低。此存储中还没有内容。</translation>
    </message>
    <message>
        <source>Run the demo</source>
        <translation>运行演示</translation>
    </message>
    <message>
        <source>Import data…</source>
        <translation>导入数据…</translation>
    </message>
    <message>
        <source>Open store…</source>
        <translation>打开存储…</translation>
    </message>
    <message>
        <source>Handwritten digits with 20 to 40% of the labels flipped on purpose. Trains four methods and evaluates them, so every page has something to show. A CPU is enough.</source>
        <translation>手写数字，其中 20% 到 40% 的标签被故意翻转。训练四种方法并评估，让每一页都有内容。只需 CPU。</translation>
    </message>
    <message>
        <source>about 20 min</source>
        <translation>约 20 分钟</translation>
    </message>
    <message>
        <source>Import your data</source>
        <translation>导入您的数据</translation>
    </message>
    <message>
        <source>VisualPRM, MMMU, MMMU-Pro or DreamPRM-1.5 files. Each row is checked; what is dropped is counted, with the reason.</source>
        <translation>VisualPRM、MMMU、MMMU-Pro 或 DreamPRM-1.5 文件。逐行检查；丢弃的行会计数并说明原因。</translation>
    </message>
    <message>
        <source>JSON, JSONL, Parquet</source>
        <translation>JSON、JSONL、Parquet</translation>
    </message>
    <message>
        <source>Open a store</source>
        <translation>打开存储</translation>
    </message>
    <message>
        <source>Look at runs that were made on another machine or from the command line. A store that a newer version wrote is left untouched.</source>
        <translation>查看在其他机器上或由命令行产生的运行。由更新版本写入的存储不会被改动。</translation>
    </message>
    <message>
        <source>or drop a .db file here</source>
        <translation>或将 .db 文件拖到这里</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command. F1 explains the page you are on.</source>
        <translation>Ctrl+K 可查找所有命令。F1 解释当前页面。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>? lists all keys, Ctrl+K finds every command.</source>
        <translation>? 列出所有按键，Ctrl+K 查找所有命令。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Runs lists every training of the store, also those that other programs started. Filter by one line, group over seeds, and act on the selected rows.</source>
        <translation>“运行”列出存储中的所有训练，也包括其他程序启动的。可用一行条件筛选，按种子分组，并对选中的行操作。</translation>
    </message>
    <message>
        <source>Live shows one run while it trains: loss, how well low weights find known noise, the weights over time, and whether the run is healthy.</source>
        <translation>“实时”显示一次正在训练的运行：损失、低权重找出已知噪声的能力、权重随时间的变化，以及运行是否健康。</translation>
    </message>
    <message>
        <source>Samples shows what the run learned of its training data: drag over low weights, look at the samples, decide on each, and write a corrected data set.</source>
        <translation>“样本”显示运行从训练数据中学到了什么：框选低权重，查看样本，逐个决定，并写出修正后的数据集。</translation>
    </message>
    <message>
        <source>Compare sets runs against the reference A: accuracy with paired tests, and where their weights disagree.</source>
        <translation>“比较”把各次运行与参照 A 对照：带配对检验的准确率，以及权重在哪里不一致。</translation>
    </message>
    <message>
        <source>Evaluation picks the best of N candidates for every question by the stored step scores. Every control applies at once, without new inference.</source>
        <translation>“评估”用已保存的步骤分数为每道题从 N 个候选中选出最好的。每个控件立即生效，无需重新推理。</translation>
    </message>
    <message>
        <source>Data lists the files that went in, what was dropped and why, and the corrected data sets that were made from them.</source>
        <translation>“数据”列出输入的文件、丢弃了什么及原因，以及由它们得到的修正数据集。</translation>
    </message>
    <message>
        <source>Best-of-N accuracy</source>
        <translation>Best-of-N 准确率</translation>
    </message>
    <message>
        <source>Each candidate gets one score from p(+) of its steps; the candidate with the highest score is picked. Accuracy = right picks / questions. 95% Wilson interval: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.96.</source>
        <translation>每个候选由各步的 p(+) 得到一个分数，选取分数最高的候选。准确率 = 选对数 / 题目数。95% Wilson 区间：(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)，z = 1.96。</translation>
    </message>
    <message>
        <source>AUROC of low weight</source>
        <translation>低权重的 AUROC</translation>
    </message>
    <message>
        <source>Chance that a known flipped sample weighs less than a clean one: P(w flipped &lt; w clean) + ½ P(equal). 95% interval by DeLong.</source>
        <translation>已知被翻转的样本权重低于干净样本的概率：P(w 翻转 &lt; w 干净) + ½ P(相等)。95% 区间由 DeLong 方法得到。</translation>
    </message>
    <message>
        <source>Effective sample size</source>
        <translation>有效样本量</translation>
    </message>
    <message>
        <source>(sum w)² / sum w² over the positive weights. The number of samples means that all weigh the same; 1 means that one sample carries everything.</source>
        <translation>正权重的 (sum w)² / sum w²。等于样本数表示权重都相同；等于 1 表示一个样本承担全部。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Mean cross-entropy over the judged steps of a batch, in nats: −log p(given label).</source>
        <translation>批内所有判定步骤的平均交叉熵，单位纳特：−log p(给定标签)。</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>For example mode = &quot;net&quot; and seed in (1, 2) and acc_best8 &gt; 0.83 and tag ~ &quot;noise&quot;. Names are completed; the wrong part is underlined.</source>
        <translation>例如 mode = &quot;net&quot; and seed in (1, 2) and acc_best8 &gt; 0.83 and tag ~ &quot;noise&quot;。名称可补全；错误之处会加下划线。</translation>
    </message>
    <message>
        <source>Group rows</source>
        <translation>分组行</translation>
    </message>
    <message>
        <source>Over the finished runs of a group: mean ± sd with n − 1, or the 95% interval mean ± t · sd / √n.</source>
        <translation>对组内已完成的运行：均值 ± 标准差（n − 1），或 95% 区间 均值 ± t · sd / √n。</translation>
    </message>
    <message>
        <source>Precision of the lowest k</source>
        <translation>最低 k 个的精确率</translation>
    </message>
    <message>
        <source>Known flipped samples among the k lowest weights, divided by k.</source>
        <translation>权重最低的 k 个中已知被翻转的样本数，除以 k。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Exponential mean over the whole series before a point: s = a · s + (1 − a) · value, corrected at the start. It does not depend on the zoom. The band is the minimum and maximum of the raw values.</source>
        <translation>对该点之前整个序列的指数平均：s = a · s + (1 − a) · 值，并在开头修正。它与缩放无关。色带为原始值的最小到最大。</translation>
    </message>
    <message>
        <source>Hypergradient</source>
        <translation>超梯度</translation>
    </message>
    <message>
        <source>dM/dw of a sample: how the meta loss M changes when the sample weighs more. Positive pushes its weight down.</source>
        <translation>样本的 dM/dw：样本权重增加时元损失 M 的变化。为正则压低其权重。</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>光标</translation>
    </message>
    <message>
        <source>One cursor crosses all plots. A click pins it, a second one measures from there, a third one lets go.</source>
        <translation>一个光标贯穿所有图。第一次单击固定，第二次从该处测量，第三次放开。</translation>
    </message>
    <message>
        <source>Learned weight</source>
        <translation>学得权重</translation>
    </message>
    <message>
        <source>What the upper level gave the sample at the iteration looked at. For Instance Net a weight is as old as the sample&apos;s last visit; the age is shown.</source>
        <translation>上层在所看迭代给样本的权重。对样本权重网络，权重只有该样本上次被访问时那么新；会显示其年龄。</translation>
    </message>
    <message>
        <source>Loss (EMA)</source>
        <translation>损失（EMA）</translation>
    </message>
    <message>
        <source>Exponential mean of the sample&apos;s losses over its visits: new = keep · old + (1 − keep) · loss.</source>
        <translation>样本各次访问损失的指数平均：新值 = keep · 旧值 + (1 − keep) · 损失。</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Mean p of the given label over the visits (data maps).</source>
        <translation>各次访问中给定标签概率的均值（数据地图）。</translation>
    </message>
    <message>
        <source>Area under margin</source>
        <translation>间隔下面积</translation>
    </message>
    <message>
        <source>Mean over the visits of logit of the given label minus that of the other.</source>
        <translation>各次访问中给定标签的 logit 减去另一标签的 logit，取均值。</translation>
    </message>
    <message>
        <source>In-run Shapley</source>
        <translation>运行内 Shapley</translation>
    </message>
    <message>
        <source>Sum of the hypergradients over the visits.</source>
        <translation>各次访问的超梯度之和。</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Mean of the precision at the place of each known flipped sample, most suspicious first.</source>
        <translation>在每个已知被翻转样本所处位置的精确率的均值，最可疑者在前。</translation>
    </message>
    <message>
        <source>Consensus</source>
        <translation>共识</translation>
    </message>
    <message>
        <source>Over runs that differ in the seed only: mean rank, and in how many runs the weight fell.</source>
        <translation>对仅种子不同的运行：平均排名，以及权重在多少次运行中下降。</translation>
    </message>
    <message>
        <source>Paired test</source>
        <translation>配对检验</translation>
    </message>
    <message>
        <source>Over the same questions: difference of accuracy with a 95% bootstrap interval; McNemar&apos;s exact test on the questions that only one run gets right.</source>
        <translation>在相同题目上：准确率之差及其 95% 自助法区间；对只有一次运行答对的题目做 McNemar 精确检验。</translation>
    </message>
    <message>
        <source>Spearman&apos;s ρ, Kendall&apos;s τ</source>
        <translation>Spearman ρ、Kendall τ</translation>
    </message>
    <message>
        <source>Rank correlations of the two runs&apos; weights; τ is tau-b, with ties.</source>
        <translation>两次运行权重的秩相关；τ 为 tau-b，考虑并列。</translation>
    </message>
    <message>
        <source>Overlap of the k lowest</source>
        <translation>最低 k 个的重叠</translation>
    </message>
    <message>
        <source>Samples that are among the k lowest weights of both runs, divided by k. Chance: k / n.</source>
        <translation>同时属于两次运行权重最低 k 个的样本数，除以 k。随机水平：k / n。</translation>
    </message>
    <message>
        <source>Quadrants</source>
        <translation>象限</translation>
    </message>
    <message>
        <source>A run rejects a sample whose weight is below 0.5.</source>
        <translation>权重低于 0.5 即视为运行拒绝该样本。</translation>
    </message>
    <message>
        <source>Score of a candidate</source>
        <translation>候选的分数</translation>
    </message>
    <message>
        <source>Mean, minimum, maximum or last p(+) of its steps, the mean of log p(+), or its sum.</source>
        <translation>各步 p(+) 的均值、最小值、最大值或末值，log p(+) 的均值，或其总和。</translation>
    </message>
    <message>
        <source>Oracle, random, self-consistency</source>
        <translation>最优上限、随机、自一致性</translation>
    </message>
    <message>
        <source>Right if any candidate is right; the expected share of a random pick; the answer that most candidates give.</source>
        <translation>只要有候选正确即算正确；随机选取的期望比例；多数候选给出的答案。</translation>
    </message>
    <message>
        <source>Known noise</source>
        <translation>已知噪声</translation>
    </message>
    <message>
        <source>Rows that carry a mark of whether their label was flipped on purpose; the truth that detection is measured against.</source>
        <translation>带有“标签是否被故意翻转”标记的数据行；检测以此为真值。</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>SHA-256 over the rows and pictures as they were read. Two runs with the same hash saw the same data.</source>
        <translation>对读取到的数据行和图片计算的 SHA-256。哈希相同的两次运行看到的是相同的数据。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::ImportDialog</name>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Each row is checked and written into a row file of Winnow&apos;s own; what is dropped is counted, with the reason. The source is only read.</source>
        <translation>逐行检查并写入 Winnow 自己的数据行文件；丢弃的行会计数并说明原因。来源只被读取。</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1，用于 %2</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>JSON, JSONL or Parquet file, or a folder of them</source>
        <translation>JSON、JSONL 或 Parquet 文件，或其所在文件夹</translation>
    </message>
    <message>
        <source>What is read. A folder is searched for files of the kind.</source>
        <translation>读取的内容。文件夹会被搜索以找到该类文件。</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>the folder of the row file</source>
        <translation>数据行文件所在文件夹</translation>
    </message>
    <message>
        <source>Folder that relative picture paths start from</source>
        <translation>相对图片路径的起始文件夹</translation>
    </message>
    <message>
        <source>Rows go to</source>
        <translation>数据行写入</translation>
    </message>
    <message>
        <source>Folder for the row files, their reports, and pictures that come inside a file</source>
        <translation>存放数据行文件、其报告以及文件内附图片的文件夹</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>none: tokens are not counted</source>
        <translation>无：不统计词元</translation>
    </message>
    <message>
        <source>Folder of a checkpoint or tokenizer that tokens are counted with</source>
        <translation>用来统计词元的检查点或分词器文件夹</translation>
    </message>
    <message>
        <source>Picture missing</source>
        <translation>图片缺失时</translation>
    </message>
    <message>
        <source>Keep the row</source>
        <translation>保留该行</translation>
    </message>
    <message>
        <source>Drop the row</source>
        <translation>丢弃该行</translation>
    </message>
    <message>
        <source>What becomes of a row whose picture cannot be opened. Kept rows find it once it is there.</source>
        <translation>图片无法打开的行如何处理。保留的行在图片出现后可以找到它。</translation>
    </message>
    <message>
        <source>Several pictures</source>
        <translation>多张图片时</translation>
    </message>
    <message>
        <source>First picture</source>
        <translation>第一张图片</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>What becomes of a row that names more than one picture. All of them share its tiles.</source>
        <translation>指定了多张图片的行如何处理。保留所有图片时，它们共用该行的图块。</translation>
    </message>
    <message>
        <source>System text</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>与文件相同</translation>
    </message>
    <message>
        <source>As in meta rows</source>
        <translation>与元数据行相同</translation>
    </message>
    <message>
        <source>VisualPRM&apos;s prompt has one blank line more than the one that meta rows carry.</source>
        <translation>VisualPRM 的提示比元数据行所带的提示多一个空行。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Data sets (*.json *.jsonl *.parquet)</source>
        <translation>数据集 (*.json *.jsonl *.parquet)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Training rows with a label each step, as JSONL; all files of a folder become one set.</source>
        <translation>每步带标签的训练数据行，JSONL；一个文件夹的所有文件成为一个数据集。</translation>
    </message>
    <message>
        <source>Train, meta or test rows of DreamPRM-1.5, as JSON or JSONL; each file becomes a set.</source>
        <translation>DreamPRM-1.5 的训练、元或测试数据行，JSON 或 JSONL；每个文件成为一个数据集。</translation>
    </message>
    <message>
        <source>Questions as Parquet, pictures inside; each split becomes a set.</source>
        <translation>Parquet 格式的题目，内附图片；每个划分成为一个数据集。</translation>
    </message>
    <message>
        <source>Questions as Parquet, pictures inside; each configuration becomes a set.</source>
        <translation>Parquet 格式的题目，内附图片；每个配置成为一个数据集。</translation>
    </message>
    <message>
        <source>Choose what is imported</source>
        <translation>请选择要导入的内容</translation>
    </message>
    <message>
        <source>There is no such file or folder: %1</source>
        <translation>没有这样的文件或文件夹：%1</translation>
    </message>
    <message>
        <source>Choose where the rows go</source>
        <translation>请选择数据行写入的位置</translation>
    </message>
    <message>
        <source>There is no such tokenizer: %1</source>
        <translation>没有这样的分词器：%1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::ImportStrip</name>
    <message>
        <source>Cancel import</source>
        <translation>取消导入</translation>
    </message>
    <message>
        <source>Change and import again…</source>
        <translation>修改后再次导入…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>End the import. What was being written is removed; counting can be ended without loss.</source>
        <translation>结束导入。正在写入的内容会被移除；统计可以随时结束，不会丢失内容。</translation>
    </message>
    <message>
        <source>Open the import dialog with what had been chosen</source>
        <translation>以先前的选择打开导入对话框</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>隐藏此消息</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>第 %1 / %2 行</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Importing %1: reading %2, %3</source>
        <translation>正在导入 %1：读取 %2，%3</translation>
    </message>
    <message>
        <source>Importing %1: storing %2</source>
        <translation>正在导入 %1：保存 %2</translation>
    </message>
    <message>
        <source>Counting tokens and tiles of all rows of %1: %2</source>
        <translation>正在统计 %1 所有行的词元和图块：%2</translation>
    </message>
    <message>
        <source>Stop counting</source>
        <translation>停止统计</translation>
    </message>
</context>
<context>
    <name>winnow::ui::LaunchDialog</name>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Run in</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>此窗口</translation>
    </message>
    <message>
        <source>Own process</source>
        <translation>独立进程</translation>
    </message>
    <message>
        <source>Closing the window asks what becomes of it.</source>
        <translation>关闭窗口时会询问如何处理。</translation>
    </message>
    <message>
        <source>Goes on when the window is closed.</source>
        <translation>窗口关闭后继续进行。</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Complete commands that carry these runs out without the window</source>
        <translation>不用窗口即可执行这些运行的完整命令</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start 1 run</source>
        <translation>启动 1 次运行</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Give it a name without &apos;/&apos; that does not begin with a dot.</source>
        <translation>请取一个不含“/”且不以点开头的名称。</translation>
    </message>
    <message>
        <source>Replaces your preset of that name.</source>
        <translation>将替换您的同名预设。</translation>
    </message>
    <message>
        <source>Goes to %1</source>
        <translation>转到 %1</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>没有这样的文件或文件夹。</translation>
    </message>
    <message>
        <source>1 setting needs a change: %1</source>
        <translation>有 1 项设置需要修改：%1</translation>
    </message>
    <message>
        <source>%1 settings need a change, first %2</source>
        <translation>有 %1 项设置需要修改，首先是 %2</translation>
    </message>
    <message>
        <source>no change yet</source>
        <translation>尚无更改</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 项更改</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 项更改</translation>
    </message>
    <message>
        <source>cloned from %1, %2</source>
        <translation>克隆自 %1，%2</translation>
    </message>
    <message>
        <source>Start %1 runs</source>
        <translation>启动 %1 次运行</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Look at every row and picture, at rows that the files share, at disk, memory and time; starts nothing</source>
        <translation>检查每一行和每张图片、各文件共有的行、磁盘、内存和时间；不启动任何运行</translation>
    </message>
</context>
<context>
    <name>winnow::ui::LaunchSide</name>
    <message>
        <source>Estimate on this machine</source>
        <translation>在本机上的估计</translation>
    </message>
    <message>
        <source>Each checkpoint</source>
        <translation>每个检查点</translation>
    </message>
    <message>
        <source>Changed from parent</source>
        <translation>与父运行不同</translation>
    </message>
    <message>
        <source>Changed from the preset</source>
        <translation>与预设不同</translation>
    </message>
    <message>
        <source>Name and seeds</source>
        <translation>名称与种子</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>run and its number</source>
        <translation>run 及其编号</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seeds are whole numbers, for example 3, 4, 5.</source>
        <translation>种子为整数，例如 3, 4, 5。</translation>
    </message>
    <message>
        <source>Give at least one seed.</source>
        <translation>请至少给出一个种子。</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 次运行</translation>
    </message>
    <message>
        <source>%1 runs, one after the other</source>
        <translation>%1 次运行，依次进行</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Memory: %1.</source>
        <translation>内存：%1。</translation>
    </message>
    <message>
        <source>Does not fit: %1 of %2 GB. Lower the batch, the tiles or the threads.</source>
        <translation>放不下：%1 / %2 GB。请减小批大小、图块数或线程数。</translation>
    </message>
    <message>
        <source>The disk has %1 left. Purge old runs first.</source>
        <translation>磁盘还剩 %1。请先清除旧的运行。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 项</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>≈ %1 of %2</source>
        <translation>≈ %1 / %2</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::LineageCard</name>
    <message>
        <source>no known noise left</source>
        <translation>已无已知噪声</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 = %2 − %3 excluded, %4 flipped</source>
        <translation>%1 = %2 − 排除 %3，翻转 %4</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>not evaluated</source>
        <translation>未评估</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Best-of-N, 95% Wilson interval; n = %1 and %2 questions</source>
        <translation>Best-of-N，95% Wilson 区间；n = %1 与 %2 道题</translation>
    </message>
    <message>
        <source>Noise AP</source>
        <translation>噪声 AP</translation>
    </message>
    <message>
        <source>Average precision of low weight against known noise, 95% bootstrap interval. What is left to find changes with the data, so the two are not of one task.</source>
        <translation>以低权重找出已知噪声的平均精确率，95% 自助法区间。待找的噪声随数据改变，因此两者并非同一任务。</translation>
    </message>
    <message>
        <source>Known noise</source>
        <translation>已知噪声</translation>
    </message>
    <message>
        <source>After minus before: %1, n = %2 paired questions</source>
        <translation>之后减之前：%1，n = %2 道配对题目</translation>
    </message>
    <message>
        <source>Compare the two</source>
        <translation>比较两者</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到 %1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::LivePage</name>
    <message>
        <source>No run is active.</source>
        <translation>没有正在进行的运行。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Keep as it is</source>
        <translation>保持现状</translation>
    </message>
    <message>
        <source>Pause or resume the run</source>
        <translation>暂停或继续运行</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>选择运行</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Stop and keep checkpoint</source>
        <translation>停止并保留检查点</translation>
    </message>
    <message>
        <source>Stop and discard since last checkpoint…</source>
        <translation>停止并丢弃上个检查点之后的内容…</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>克隆…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>All series of this run as one CSV file</source>
        <translation>将此运行的全部序列导出为一个 CSV 文件</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>迭代</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Samples seen</source>
        <translation>已见样本数</translation>
    </message>
    <message>
        <source>Relative</source>
        <translation>相对时间</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>时钟时间</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Follow newest</source>
        <translation>跟随最新</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Hypergradient norm</source>
        <translation>超梯度范数</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Detection of known noise</source>
        <translation>已知噪声的检测</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用率</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Heat, power</source>
        <translation>温度、功率</translation>
    </message>
    <message>
        <source>Weight film</source>
        <translation>权重影片</translation>
    </message>
    <message>
        <source>Weight health</source>
        <translation>权重健康</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Export all series</source>
        <translation>导出全部序列</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Could not write %1: %2. Choose another file.</source>
        <translation>无法写入 %1：%2。请选择其他文件。</translation>
    </message>
    <message>
        <source>%1 running, %2 queued</source>
        <translation>%1 个运行中，%2 个排队</translation>
    </message>
    <message>
        <source>%1 paused</source>
        <translation>%1 个已暂停</translation>
    </message>
    <message>
        <source>pausing after this step</source>
        <translation>本步完成后暂停</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Ended at %1 of %2 when the program stopped. Nothing before iteration %3 is lost.</source>
        <translation>程序停止时位于 %2 中的 %1。迭代 %3 之前没有丢失。</translation>
    </message>
    <message>
        <source>Failed at %1 of %2.</source>
        <translation>在 %2 中的 %1 处失败。</translation>
    </message>
    <message>
        <source>Nothing before iteration %1 is lost.</source>
        <translation>迭代 %1 之前没有丢失。</translation>
    </message>
    <message>
        <source>Train loss, smoothed</source>
        <translation>训练损失（平滑）</translation>
    </message>
    <message>
        <source>± %1 per step</source>
        <translation>每步 ± %1</translation>
    </message>
    <message>
        <source>Exponential mean of the mean cross-entropy over sites; the spread is the standard deviation of the last 50 steps.</source>
        <translation>各判定位置平均交叉熵的指数平均；离散度为最近 50 步的标准差。</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Mean cross-entropy over sites.</source>
        <translation>各判定位置的平均交叉熵。</translation>
    </message>
    <message>
        <source>after the first step</source>
        <translation>第一步之后</translation>
    </message>
    <message>
        <source>Meta loss</source>
        <translation>元损失</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>Mean cross-entropy of the upper level&apos;s batch.</source>
        <translation>上层批的平均交叉熵。</translation>
    </message>
    <message>
        <source>no weights are learned</source>
        <translation>不学习权重</translation>
    </message>
    <message>
        <source>This run learns no weights.</source>
        <translation>此运行不学习权重。</translation>
    </message>
    <message>
        <source>no upper level</source>
        <translation>无上层</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>AUROC of low weight</source>
        <translation>低权重的 AUROC</translation>
    </message>
    <message>
        <source>Chance that a known flipped sample weighs less than a clean one; ties count half.</source>
        <translation>已知被翻转的样本权重低于干净样本的概率；并列计一半。</translation>
    </message>
    <message>
        <source>no weights yet</source>
        <translation>尚无权重</translation>
    </message>
    <message>
        <source>no known noise</source>
        <translation>无已知噪声</translation>
    </message>
    <message>
        <source>Effective sample size</source>
        <translation>有效样本量</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Effective sample size: (sum w)² / sum w². %1 means all weigh the same.</source>
        <translation>有效样本量：(sum w)² / sum w²。%1 表示权重都相同。</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>iterations/s</source>
        <translation>次迭代/秒</translation>
    </message>
    <message>
        <source>Of the last step.</source>
        <translation>最后一步的速度。</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Resident memory of the process.</source>
        <translation>进程的常驻内存。</translation>
    </message>
    <message>
        <source>no sensor</source>
        <translation>无传感器</translation>
    </message>
    <message>
        <source>, min to max band</source>
        <translation>，最小到最大色带</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Meta</source>
        <translation>元</translation>
    </message>
    <message>
        <source>Hold-out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>mean over sites</source>
        <translation>各判定位置的均值</translation>
    </message>
    <message>
        <source>Best-of-%1</source>
        <translation>Best-of-%1</translation>
    </message>
    <message>
        <source>test set, n = %1, 95% bootstrap band</source>
        <translation>测试集，n = %1，95% 自助法区间带</translation>
    </message>
    <message>
        <source>test set</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Hypergradient</source>
        <translation>超梯度</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>L2 norm</source>
        <translation>L2 范数</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>下层</translation>
    </message>
    <message>
        <source>Upper</source>
        <translation>上层</translation>
    </message>
    <message>
        <source>per iteration</source>
        <translation>每次迭代</translation>
    </message>
    <message>
        <source>After the first step.</source>
        <translation>第一步之后出现。</translation>
    </message>
    <message>
        <source>Not evaluated yet. Points appear with the evaluations of the run.</source>
        <translation>尚未评估。数据点随运行的评估出现。</translation>
    </message>
    <message>
        <source>No norm was recorded. Runs with an upper level have one.</source>
        <translation>没有记录范数。有上层的运行才有。</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>Learned weight</source>
        <translation>学得权重</translation>
    </message>
    <message>
        <source>Loss EMA</source>
        <translation>损失 EMA</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Weight and loss EMA</source>
        <translation>权重与损失 EMA</translation>
    </message>
    <message>
        <source>Rankers agree</source>
        <translation>排序指标的一致性</translation>
    </message>
    <message>
        <source>AUROC, 95% band, n = %1</source>
        <translation>AUROC，95% 区间带，n = %1</translation>
    </message>
    <message>
        <source>rank correlation, n = %1</source>
        <translation>秩相关，n = %1</translation>
    </message>
    <message>
        <source>CPU, all</source>
        <translation>CPU，全部</translation>
    </message>
    <message>
        <source>CPU: no sensor</source>
        <translation>CPU：无传感器</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>GPU: no sensor</source>
        <translation>GPU：无传感器</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Memory: no sensor</source>
        <translation>内存：无传感器</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Disk: no sensor</source>
        <translation>磁盘：无传感器</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>GPU temperature, °C</source>
        <translation>GPU 温度（°C）</translation>
    </message>
    <message>
        <source>Temperature: no sensor</source>
        <translation>温度：无传感器</translation>
    </message>
    <message>
        <source>GPU power, W</source>
        <translation>GPU 功率（W）</translation>
    </message>
    <message>
        <source>Power: no sensor</source>
        <translation>功率：无传感器</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>No sensor was found on this machine.</source>
        <translation>在此机器上没有找到传感器。</translation>
    </message>
    <message>
        <source>Nothing was sampled. Runs sample their machine every 2 s while they run.</source>
        <translation>没有采样。运行期间每 2 秒对机器采样一次。</translation>
    </message>
    <message>
        <source>samples per bin, log colour</source>
        <translation>每格样本数，对数颜色</translation>
    </message>
    <message>
        <source>No weights yet. They appear after the first snapshot of a bi-level run.</source>
        <translation>尚无权重。双层运行的第一个快照之后出现。</translation>
    </message>
    <message>
        <source>ESS %1% = %2</source>
        <translation>ESS %1% = %2</translation>
    </message>
    <message>
        <source>Saturated %1</source>
        <translation>饱和 %1</translation>
    </message>
    <message>
        <source>ESS</source>
        <translation>ESS</translation>
    </message>
    <message>
        <source>Saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>Iteration %1</source>
        <translation>迭代 %1</translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation>轮次 %1</translation>
    </message>
    <message>
        <source>%1 samples seen</source>
        <translation>已见 %1 个样本</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>%1 之后</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>次迭代</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>个样本</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>%1 above 0.5</source>
        <translation>高于 0.5：%1</translation>
    </message>
    <message>
        <source>%1 below 0.5</source>
        <translation>低于 0.5：%1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::MainWindow</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>%1, empty</source>
        <translation>%1，空</translation>
    </message>
    <message>
        <source>Device is known when a run starts</source>
        <translation>运行开始后可知设备</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>没有需要保存的内容</translation>
    </message>
    <message>
        <source>Saved %1 s ago</source>
        <translation>%1 秒前已保存</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>%1, iteration %2 of %3</source>
        <translation>%1，迭代 %2 / %3</translation>
    </message>
    <message>
        <source>Handing the run over…</source>
        <translation>正在移交运行…</translation>
    </message>
    <message>
        <source>Writing the checkpoint…</source>
        <translation>正在写入检查点…</translation>
    </message>
    <message>
        <source>Stop %1 without a checkpoint?</source>
        <translation>不保存检查点就停止 %1？</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止并丢弃</translation>
    </message>
    <message>
        <source>The run will be where its checkpoint of iteration %1 is. Figures, weights and evaluations since then are removed.</source>
        <translation>运行将回到迭代 %1 的检查点处。此后的数据、权重和评估都会删除。</translation>
    </message>
    <message>
        <source>There is no checkpoint yet, so nothing of the run is kept but its settings.</source>
        <translation>还没有检查点，因此除设置外不会保留此运行的任何内容。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新建运行…</translation>
    </message>
    <message>
        <source>Clone the current run…</source>
        <translation>克隆当前运行…</translation>
    </message>
    <message>
        <source>Pause or resume the run on Live</source>
        <translation>暂停或继续“实时”页的运行</translation>
    </message>
    <message>
        <source>Evaluate a run…</source>
        <translation>评估运行…</translation>
    </message>
    <message>
        <source>Run the demo</source>
        <translation>运行演示</translation>
    </message>
    <message>
        <source>Open store…</source>
        <translation>打开存储…</translation>
    </message>
    <message>
        <source>Back up the store…</source>
        <translation>备份存储…</translation>
    </message>
    <message>
        <source>Export report of the compared runs…</source>
        <translation>导出所比较运行的报告…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Find a run, sample or command</source>
        <translation>查找运行、样本或命令</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>下一个面板</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>上一个面板</translation>
    </message>
    <message>
        <source>Appearance: system</source>
        <translation>外观：跟随系统</translation>
    </message>
    <message>
        <source>Appearance: light</source>
        <translation>外观：浅色</translation>
    </message>
    <message>
        <source>Appearance: dark</source>
        <translation>外观：深色</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>菜单栏</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Compare the selected runs</source>
        <translation>比较选中的运行</translation>
    </message>
    <message>
        <source>Rename the selected runs</source>
        <translation>重命名选中的运行</translation>
    </message>
    <message>
        <source>Tag the selected runs…</source>
        <translation>为选中的运行加标记…</translation>
    </message>
    <message>
        <source>Note of the selected runs…</source>
        <translation>为选中的运行写备注…</translation>
    </message>
    <message>
        <source>Copy the commands of the selected runs</source>
        <translation>复制选中运行的命令</translation>
    </message>
    <message>
        <source>Delete the selected runs…</source>
        <translation>删除选中的运行…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Help on this page</source>
        <translation>本页帮助</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Tour of the window</source>
        <translation>窗口导览</translation>
    </message>
    <message>
        <source>Open store</source>
        <translation>打开存储</translation>
    </message>
    <message>
        <source>Winnow stores (*.db)</source>
        <translation>Winnow 存储 (*.db)</translation>
    </message>
    <message>
        <source>A run writes to the open store. Stop it, then open another store.</source>
        <translation>有运行正在写入打开的存储。请先停止它，再打开其他存储。</translation>
    </message>
    <message>
        <source>The program &apos;winnow&apos; is not beside this one (%1). Install it, then run the demo.</source>
        <translation>程序 winnow 不在本程序旁边（%1）。请先安装，再运行演示。</translation>
    </message>
    <message>
        <source>The demo is finished</source>
        <translation>演示已完成</translation>
    </message>
    <message>
        <source>The demo ended early: %1</source>
        <translation>演示提前结束：%1</translation>
    </message>
    <message>
        <source>The demo runs in a process of its own. Its runs appear here as they start.</source>
        <translation>演示在独立进程中进行。其运行启动后会出现在这里。</translation>
    </message>
    <message>
        <source>Choose runs on Compare first; the report is about them.</source>
        <translation>请先在“比较”页选择运行；报告以它们为内容。</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>导出报告</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Back up the store</source>
        <translation>备份存储</translation>
    </message>
    <message>
        <source>Runs: what was trained</source>
        <translation>运行：训练了什么</translation>
    </message>
    <message>
        <source>Every training is a row. The demo adds a cold start first, then one run for each method. Select two or more to compare them.</source>
        <translation>每次训练占一行。演示先加入冷启动，然后每种方法各一次运行。选中两次或更多即可比较。</translation>
    </message>
    <message>
        <source>Live: watch one run</source>
        <translation>实时：观察一次运行</translation>
    </message>
    <message>
        <source>Loss, the weights over time, and how well low weights find the labels that were flipped on purpose. Click to pin the cursor, click again to measure.</source>
        <translation>损失、权重随时间的变化，以及低权重找出故意翻转标签的能力。单击固定光标，再次单击进行测量。</translation>
    </message>
    <message>
        <source>Samples: which ones were pushed down</source>
        <translation>样本：哪些被压低</translation>
    </message>
    <message>
        <source>Drag over the low end of the histogram. Table, film and scatter show the same samples. K keeps, F flips, X excludes, U is unsure.</source>
        <translation>在直方图低端拖动。表格、影片和散点图显示相同的样本。K 保留，F 翻转，X 排除，U 不确定。</translation>
    </message>
    <message>
        <source>Compare: does it help</source>
        <translation>比较：是否有用</translation>
    </message>
    <message>
        <source>Accuracy of the runs with a paired test, and the samples that only one of them rejects.</source>
        <translation>各运行的准确率与配对检验，以及只有其中一次运行拒绝的样本。</translation>
    </message>
    <message>
        <source>Evaluation: what was picked</source>
        <translation>评估：选了哪个</translation>
    </message>
    <message>
        <source>The candidates of every question with the score of each step. Change N or the score: the picks follow at once.</source>
        <translation>每道题的候选解答及每一步的分数。改变 N 或分数，选择立即随之改变。</translation>
    </message>
    <message>
        <source>Data: what went in</source>
        <translation>数据：输入了什么</translation>
    </message>
    <message>
        <source>Files, dropped rows, and the corrected data sets from your decisions, ready for the next run. Ctrl+K finds every command, ? lists all keys, F1 explains a page.</source>
        <translation>文件、丢弃的行，以及由您的决定得到的修正数据集，可用于下一次运行。Ctrl+K 查找所有命令，? 列出所有按键，F1 解释页面。</translation>
    </message>
    <message>
        <source>1 data set imported</source>
        <translation>已导入 1 个数据集</translation>
    </message>
    <message>
        <source>%1 data sets imported</source>
        <translation>已导入 %1 个数据集</translation>
    </message>
    <message>
        <source>Import data…</source>
        <translation>导入数据…</translation>
    </message>
    <message>
        <source>An import is at work. Wait for it or cancel it, then import more.</source>
        <translation>正在导入。请等待完成或取消，然后再导入。</translation>
    </message>
    <message>
        <source>An import writes to the open store. Wait for it or cancel it, then open another store.</source>
        <translation>导入正在写入打开的存储。请等待完成或取消，然后再打开其他存储。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::MethodCards</name>
    <message>
        <source>Table</source>
        <translation>权重表</translation>
    </message>
    <message>
        <source>One weight per sample</source>
        <translation>每个样本一个权重</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>From step predictions</source>
        <translation>由步骤预测得到</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>One weight per subject</source>
        <translation>每个学科一个权重</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Plain fine-tuning</source>
        <translation>普通微调</translation>
    </message>
</context>
<context>
    <name>winnow::ui::NeighbourList</name>
    <message>
        <source>Nearest in rank</source>
        <translation>排名相近</translation>
    </message>
</context>
<context>
    <name>winnow::ui::OptionField</name>
    <message>
        <source>Choose a file or folder</source>
        <translation>选择文件或文件夹</translation>
    </message>
</context>
<context>
    <name>winnow::ui::Panel</name>
    <message>
        <source>Expand %1</source>
        <translation>展开%1</translation>
    </message>
    <message>
        <source>Expand: show this panel in a window</source>
        <translation>展开：在窗口中显示此面板</translation>
    </message>
</context>
<context>
    <name>winnow::ui::PictureWindow</name>
    <message>
        <source>Tiles unknown: config.json of the run&apos;s checkpoint cannot be read</source>
        <translation>图块未知：无法读取该运行检查点的 config.json</translation>
    </message>
    <message>
        <source>%1 × %2 tiles of %3 px and the whole picture</source>
        <translation>%1 × %2 个 %3 像素的图块和整张图片</translation>
    </message>
    <message>
        <source>1 tile of %1 px</source>
        <translation>1 个 %1 像素的图块</translation>
    </message>
    <message>
        <source>The picture cannot be read: %1</source>
        <translation>无法读取图片：%1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>%1 × %2 px · %3 · %4</source>
        <translation>%1 × %2 像素 · %3 · %4</translation>
    </message>
    <message>
        <source>+ − 0 zoom · T tiles · Esc close</source>
        <translation>+ − 0 缩放 · T 图块 · Esc 关闭</translation>
    </message>
    <message>
        <source>PgUp PgDn pictures · + − 0 zoom · T tiles · Esc close</source>
        <translation>PgUp PgDn 切换图片 · + − 0 缩放 · T 图块 · Esc 关闭</translation>
    </message>
    <message>
        <source>%1, picture %2 of %3</source>
        <translation>%1，第 %2 张图片，共 %3 张</translation>
    </message>
</context>
<context>
    <name>winnow::ui::Plot</name>
    <message>
        <source>Iteration %1</source>
        <translation>迭代 %1</translation>
    </message>
    <message>
        <source>Zoom in on x</source>
        <translation>沿 x 放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Move the cursor left</source>
        <translation>光标左移</translation>
    </message>
    <message>
        <source>Move the cursor right</source>
        <translation>光标右移</translation>
    </message>
    <message>
        <source>Move the view left</source>
        <translation>视图左移</translation>
    </message>
    <message>
        <source>Move the view right</source>
        <translation>视图右移</translation>
    </message>
    <message>
        <source>Measure from the cursor; again: stop measuring</source>
        <translation>从光标处测量；再按一次停止测量</translation>
    </message>
    <message>
        <source>Let go of the pinned cursor</source>
        <translation>放开固定的光标</translation>
    </message>
    <message>
        <source>Export the plot</source>
        <translation>导出此图</translation>
    </message>
    <message>
        <source>the picture file could not be made</source>
        <translation>无法生成图片文件</translation>
    </message>
    <message>
        <source>the PDF file could not be made</source>
        <translation>无法生成 PDF 文件</translation>
    </message>
    <message>
        <source>a plot becomes a .png, .svg or .pdf file</source>
        <translation>图可导出为 .png、.svg 或 .pdf 文件</translation>
    </message>
    <message>
        <source>the drawing could not be begun</source>
        <translation>无法开始绘制</translation>
    </message>
    <message>
        <source>, Δ %1 from the mark</source>
        <translation>，距标记 Δ %1</translation>
    </message>
    <message>
        <source>, log scale</source>
        <translation>，对数刻度</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>对数刻度</translation>
    </message>
</context>
<context>
    <name>winnow::ui::PlotMenu</name>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Scale and export of %1</source>
        <translation>%1的刻度与导出</translation>
    </message>
    <message>
        <source>Log scale, export (E)</source>
        <translation>对数刻度、导出（E）</translation>
    </message>
    <message>
        <source>Export (E)</source>
        <translation>导出（E）</translation>
    </message>
    <message>
        <source>Log scale on x</source>
        <translation>x 轴对数刻度</translation>
    </message>
    <message>
        <source>Log scale on y</source>
        <translation>y 轴对数刻度</translation>
    </message>
    <message>
        <source>Copy data as table</source>
        <translation>将数据复制为表格</translation>
    </message>
    <message>
        <source>What is in view, fields apart by tabs, for a spreadsheet</source>
        <translation>视图内的数据，以制表符分隔，可粘贴到电子表格</translation>
    </message>
    <message>
        <source>All values as CSV…</source>
        <translation>全部数值存为 CSV…</translation>
    </message>
    <message>
        <source>Values in view as CSV…</source>
        <translation>视图内数值存为 CSV…</translation>
    </message>
    <message>
        <source>Picture as PNG…</source>
        <translation>存为 PNG 图片…</translation>
    </message>
    <message>
        <source>Drawing as SVG…</source>
        <translation>存为 SVG 图形…</translation>
    </message>
    <message>
        <source>Drawing as PDF…</source>
        <translation>存为 PDF 图形…</translation>
    </message>
    <message>
        <source>There is nothing in view to copy.</source>
        <translation>视图内没有可复制的内容。</translation>
    </message>
    <message>
        <source>Copied %1 rows</source>
        <translation>已复制 %1 行</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::PreflightDialog</name>
    <message>
        <source>Looking at the files of the run</source>
        <translation>正在检查运行的文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation>仍然启动</translation>
    </message>
    <message>
        <source>Check before the start</source>
        <translation>启动前检查</translation>
    </message>
    <message>
        <source>Looking for rows that the files share</source>
        <translation>正在查找各文件共有的行</translation>
    </message>
    <message>
        <source>%1, row %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>The files could not be looked at</source>
        <translation>无法检查文件</translation>
    </message>
    <message>
        <source>The run cannot start: 1 problem</source>
        <translation>运行无法启动：1 个问题</translation>
    </message>
    <message>
        <source>The run cannot start: %1 problems</source>
        <translation>运行无法启动：%1 个问题</translation>
    </message>
    <message>
        <source>The files share rows</source>
        <translation>各文件有共有的行</translation>
    </message>
    <message>
        <source>The run can start</source>
        <translation>运行可以启动</translation>
    </message>
    <message>
        <source>%1: %2 of %3 rows</source>
        <translation>%1：%2 / %3 行</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>%1 内存</translation>
    </message>
    <message>
        <source>%1 each checkpoint, disk free %2</source>
        <translation>每个检查点 %1，磁盘剩余 %2</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>%1 anyway</source>
        <translation>仍然%1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>winnow::ui::PromptText</name>
    <message>
        <source>Prompt as the model sees it</source>
        <translation>模型看到的提示</translation>
    </message>
</context>
<context>
    <name>winnow::ui::PublishedShelf</name>
    <message>
        <source>Published, for reference</source>
        <translation>已发表结果，仅供参考</translation>
    </message>
    <message>
        <source>Another task: do not compare with the curves here.</source>
        <translation>任务不同：请勿与此处的曲线比较。</translation>
    </message>
    <message>
        <source>No interval was published.</source>
        <translation>未发表区间。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::QuestionView</name>
    <message>
        <source>No picture</source>
        <translation>无图片</translation>
    </message>
</context>
<context>
    <name>winnow::ui::Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RankPopover</name>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>AP</source>
        <translation>AP</translation>
    </message>
    <message>
        <source>Precision at k</source>
        <translation>前 k 精确率</translation>
    </message>
    <message>
        <source>Noise score over training</source>
        <translation>噪声检测随训练变化</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>次迭代</translation>
    </message>
    <message>
        <source>Rank by</source>
        <translation>排序依据</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Rank correlation with the learned weight</source>
        <translation>与学得权重的秩相关</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>未见过</translation>
    </message>
    <message>
        <source>n = %1 known flipped, %2 clean. 95% intervals: AUROC by DeLong, AP by bootstrap%3.</source>
        <translation>n = %1 个已知被翻转，%2 个干净。95% 区间：AUROC 用 DeLong，AP 用自助法%3。</translation>
    </message>
    <message>
        <source> of %1 resamples</source>
        <translation>（%1 次重采样）</translation>
    </message>
    <message>
        <source>, being computed</source>
        <translation>，正在计算</translation>
    </message>
    <message>
        <source>n = %1 samples. No label of this data is known to be noise, so rankers are only compared with each other.</source>
        <translation>n = %1 个样本。此数据没有已知为噪声的标签，因此只能比较各排序指标之间的一致性。</translation>
    </message>
    <message>
        <source> Consensus: mean rank over %1 runs that differ in the seed only, agreement %2.</source>
        <translation> 共识：对仅种子不同的 %1 次运行取平均排名，一致性 %2。</translation>
    </message>
    <message>
        <source>Precision at %1</source>
        <translation>前 %1 的精确率</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RowBrowser</name>
    <message>
        <source>Tokens are not counted: no tokenizer is chosen.</source>
        <translation>不统计词元：没有选择分词器。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RowDetail</name>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Text of the row</source>
        <translation>该行的文本</translation>
    </message>
    <message>
        <source>Prompt: as the model sees it, its own tokens tinted. Steps: question and steps as the store keeps them.</source>
        <translation>提示：模型看到的内容，其特殊词元有底色。步骤：存储中的题目和步骤。</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Candidate whose prompt is shown</source>
        <translation>显示其提示的候选</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Previous row (Ctrl+Left)</source>
        <translation>上一行（Ctrl+Left）</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Next row (Ctrl+Right)</source>
        <translation>下一行（Ctrl+Right）</translation>
    </message>
    <message>
        <source>No row chosen</source>
        <translation>没有选择行</translation>
    </message>
    <message>
        <source>Candidate %1, %2</source>
        <translation>候选 %1，%2</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>A run leaves this row out: %1</source>
        <translation>运行会略去此行：%1</translation>
    </message>
    <message>
        <source>Text only</source>
        <translation>仅文本</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>known noise</source>
        <translation>已知噪声</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>干净</translation>
    </message>
    <message>
        <source>%1 candidates: %2 right, %3 wrong</source>
        <translation>%1 个候选：%2 个正确，%3 个错误</translation>
    </message>
    <message>
        <source>%1 sites: %2 +, %3 −</source>
        <translation>%1 个判定位置：%2 个 +，%3 个 −</translation>
    </message>
    <message>
        <source>answer right</source>
        <translation>答案正确</translation>
    </message>
    <message>
        <source>answer wrong</source>
        <translation>答案错误</translation>
    </message>
    <message>
        <source>Looking through the file…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>no tiles</source>
        <translation>无图块</translation>
    </message>
    <message>
        <source>1 tile</source>
        <translation>1 个图块</translation>
    </message>
    <message>
        <source>%1 tiles</source>
        <translation>%1 个图块</translation>
    </message>
    <message>
        <source>%1 tokens, %2</source>
        <translation>%1 个词元，%2</translation>
    </message>
    <message>
        <source>%1, tokens not counted</source>
        <translation>%1，未统计词元</translation>
    </message>
    <message>
        <source>Picture missing, shown as text only</source>
        <translation>图片缺失，按仅文本显示</translation>
    </message>
    <message>
        <source>%1 pictures share the tiles</source>
        <translation>%1 张图片共用图块</translation>
    </message>
    <message>
        <source>%1 × %2 px, %3 × %4 tiles and the whole picture</source>
        <translation>%1 × %2 像素，%3 × %4 个图块和整张图片</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Candidate %1</source>
        <translation>候选 %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>, right</source>
        <translation>，正确</translation>
    </message>
    <message>
        <source>, wrong</source>
        <translation>，错误</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RunSummary</name>
    <message>
        <source>Space opens or closes this panel</source>
        <translation>空格键打开或关闭此面板</translation>
    </message>
    <message>
        <source>%1 · %2 iterations</source>
        <translation>%1 · %2 次迭代</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>克隆…</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Best-of-%1, n = %2</source>
        <translation>Best-of-%1，n = %2</translation>
    </message>
    <message>
        <source>Best-of-%1</source>
        <translation>Best-of-%1</translation>
    </message>
    <message>
        <source>after the run</source>
        <translation>运行结束后</translation>
    </message>
    <message>
        <source>not evaluated</source>
        <translation>未评估</translation>
    </message>
    <message>
        <source>Against %1</source>
        <translation>对 %1</translation>
    </message>
    <message>
        <source>%1, best-of-%2, n = %3</source>
        <translation>%1，Best-of-%2，n = %3</translation>
    </message>
    <message>
        <source>Asked for: the checkpoint of iteration %1 on %2. 95% Wilson interval.</source>
        <translation>由您要求：迭代 %1 的检查点在 %2 上。95% Wilson 区间。</translation>
    </message>
    <message>
        <source>AUROC, n = %1</source>
        <translation>AUROC，n = %1</translation>
    </message>
    <message>
        <source>Chance that a known flipped sample weighs less than a clean one; ties count half. 95% DeLong interval, weights of iteration %1.</source>
        <translation>已知被翻转的样本权重低于干净样本的概率；并列计一半。95% DeLong 区间，迭代 %1 的权重。</translation>
    </message>
    <message>
        <source>Precision, lowest %1</source>
        <translation>最低 %1 个的精确率</translation>
    </message>
    <message>
        <source>Share of known flipped samples among those with the lowest weights. 95% Wilson interval.</source>
        <translation>权重最低的样本中已知被翻转的比例。95% Wilson 区间。</translation>
    </message>
    <message>
        <source>Effective sample size</source>
        <translation>有效样本量</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Effective sample size: (sum w)² / sum w². %1 means all weigh the same.</source>
        <translation>有效样本量：(sum w)² / sum w²。%1 表示权重都相同。</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Settings that differ from parent</source>
        <translation>与父运行不同的设置</translation>
    </message>
    <message>
        <source>Settings that differ from the defaults</source>
        <translation>与默认值不同的设置</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>只显示这些</translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation>显示全部 %1 项</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父运行</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>read when the run starts</source>
        <translation>运行开始时读取</translation>
    </message>
    <message>
        <source>Data, %1</source>
        <translation>数据，%1</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Changes not committed</source>
        <translation>未提交的更改</translation>
    </message>
    <message>
        <source>unknown, no Git</source>
        <translation>未知，没有 Git</translation>
    </message>
    <message>
        <source>patch %1</source>
        <translation>补丁 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Seed, threads</source>
        <translation>种子、线程数</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>no GPU driver</source>
        <translation>无 GPU 驱动</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>A command that repeats this run without the window</source>
        <translation>不用窗口即可重复此运行的命令</translation>
    </message>
    <message>
        <source>Corrected data, before and after</source>
        <translation>修正数据的前后对比</translation>
    </message>
    <message>
        <source>Choose a run to see its result.</source>
        <translation>选择一次运行以查看结果。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>No note. Click to write one.</source>
        <translation>没有备注。单击可写备注。</translation>
    </message>
    <message>
        <source>Comparing question by question…</source>
        <translation>正在逐题比较…</translation>
    </message>
    <message>
        <source>This run minus %1 over the same %2 questions, best-of-%3. 95% interval by paired bootstrap: both runs on the same draws of questions, as on Compare.</source>
        <translation>本次运行减去 %1，基于相同的 %2 道题目，Best-of-%3。95% 区间由配对自助法得到：两次运行使用相同的题目重抽样，与“比较”页一致。</translation>
    </message>
    <message>
        <source>This run minus %1. 95% interval from the two accuracies alone, which is wider than over the same questions: the runs were evaluated on different ones, or their scores are not kept.</source>
        <translation>本次运行减去 %1。95% 区间仅由两个准确率得到，比基于相同题目的区间更宽：两次运行在不同题目上评估，或其得分未保留。</translation>
    </message>
    <message>
        <source>unpaired: not the same questions</source>
        <translation>非配对：题目不同</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Compiler</source>
        <translation>编译器</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建类型</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核心数</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RunUpkeep</name>
    <message>
        <source>Undid: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Did again: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>Renamed %1</source>
        <translation>已重命名 %1</translation>
    </message>
    <message>
        <source>Tagged %1</source>
        <translation>已标记 %1</translation>
    </message>
    <message>
        <source>Changed the note of %1</source>
        <translation>已修改 %1 的备注</translation>
    </message>
    <message>
        <source>Archived %1</source>
        <translation>已归档 %1</translation>
    </message>
    <message>
        <source>Took %1 out of the archive</source>
        <translation>已将 %1 移出归档</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>已删除 %1</translation>
    </message>
    <message>
        <source>Restored %1</source>
        <translation>已恢复 %1</translation>
    </message>
    <message>
        <source>Purged %1, %2 freed</source>
        <translation>已清除 %1，释放 %2</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 次运行</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 次运行</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RunsModel</name>
    <message>
        <source>%1: no value</source>
        <translation>%1：无值</translation>
    </message>
    <message>
        <source>of %1, n %2</source>
        <translation>Best-of-%1，n %2</translation>
    </message>
    <message>
        <source>after the run</source>
        <translation>运行结束后</translation>
    </message>
    <message>
        <source>not evaluated</source>
        <translation>未评估</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 次运行</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 次运行</translation>
    </message>
    <message>
        <source>Best-of-%1 accuracy %2, 95% Wilson interval, n = %3 questions</source>
        <translation>Best-of-%1 准确率 %2，95% Wilson 区间，n = %3 道题</translation>
    </message>
    <message>
        <source>AUROC of low weight %1, 95% DeLong interval, n = %2 samples, weights of iteration %3</source>
        <translation>低权重的 AUROC %1，95% DeLong 区间，n = %2 个样本，迭代 %3 的权重</translation>
    </message>
    <message>
        <source>Share of test questions whose picked candidate is right, when the best of N candidates is picked by score. Line: 95% Wilson interval over the questions.</source>
        <translation>按分数从 N 个候选中选出最好的时，选对的测试题目比例。线段：题目上的 95% Wilson 区间。</translation>
    </message>
    <message>
        <source>Chance that a known flipped sample weighs less than a clean one; ties count half. 0.5 is chance, 1 finds them all. Bracket: 95% DeLong interval.</source>
        <translation>已知被翻转的样本权重低于干净样本的概率；并列计一半。0.5 为随机水平，1 表示全部找出。括号：95% DeLong 区间。</translation>
    </message>
    <message>
        <source>Histogram of the learned weights at the newest snapshot, −0.5 to 2.</source>
        <translation>最新快照的学得权重直方图，−0.5 到 2。</translation>
    </message>
    <message>
        <source>Training loss: mean cross-entropy over the sites of each batch, over iterations.</source>
        <translation>训练损失：每批各判定位置的平均交叉熵，随迭代变化。</translation>
    </message>
    <message>
        <source>Training and scoring, without pauses.</source>
        <translation>训练与打分的时间，不含暂停。</translation>
    </message>
    <message>
        <source>Drawn in plots. Click to hide it everywhere.</source>
        <translation>在图中绘制。单击可在各处隐藏。</translation>
    </message>
    <message>
        <source>Not drawn. Click to draw it everywhere.</source>
        <translation>未绘制。单击可在各处绘制。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Best-of-%1</source>
        <translation>Best-of-%1</translation>
    </message>
    <message>
        <source>Best-of-%1, n = %2</source>
        <translation>Best-of-%1，n = %2</translation>
    </message>
    <message>
        <source>Best-of-N</source>
        <translation>Best-of-N</translation>
    </message>
    <message>
        <source>AUROC, n = %1</source>
        <translation>AUROC，n = %1</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标记</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RunsPage</name>
    <message>
        <source>Rename %1</source>
        <translation>重命名 %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>{name}, {seed} and {n} are replaced: %1</source>
        <translation>{name}、{seed} 和 {n} 会被替换：%1</translation>
    </message>
    <message>
        <source>A name cannot be empty.</source>
        <translation>名称不能为空。</translation>
    </message>
    <message>
        <source>Tags of %1</source>
        <translation>%1 的标记</translation>
    </message>
    <message>
        <source>Tags that %1 share</source>
        <translation>%1 共有的标记</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Separate tags by commas.</source>
        <translation>用逗号分隔标记。</translation>
    </message>
    <message>
        <source>Separate tags by commas. In use: %1</source>
        <translation>用逗号分隔标记。已用：%1</translation>
    </message>
    <message>
        <source>Note of %1</source>
        <translation>%1 的备注</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>保存备注</translation>
    </message>
    <message>
        <source>These runs have different notes. What you write is added below each of them.</source>
        <translation>这些运行的备注不同。您写的内容会加在各自备注之后。</translation>
    </message>
    <message>
        <source> %1 started from these checkpoints and could not be repeated.</source>
        <translation> %1 由这些检查点开始，将无法重复。</translation>
    </message>
    <message>
        <source>A running run cannot be deleted. Stop it first.</source>
        <translation>正在进行的运行不能删除。请先停止。</translation>
    </message>
    <message>
        <source>Delete %1 and %2 of checkpoints?</source>
        <translation>删除 %1 和 %2 的检查点？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>They stay in the view Deleted until they are purged there; only that frees the space.</source>
        <translation>它们保留在“已删除”视图中，直到在那里清除；只有清除才释放空间。</translation>
    </message>
    <message>
        <source>Purge %1 and %2 of checkpoints?</source>
        <translation>清除 %1 和 %2 的检查点？</translation>
    </message>
    <message>
        <source>Purge</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>This cannot be undone: figures, weights and checkpoints are gone.</source>
        <translation>此操作无法撤销：数据、权重和检查点都会消失。</translation>
    </message>
    <message>
        <source>The settings of %1 cannot be read, so it has no command.</source>
        <translation>无法读取 %1 的设置，因此它没有命令。</translation>
    </message>
    <message>
        <source>Copied the command</source>
        <translation>已复制命令</translation>
    </message>
    <message>
        <source>Copied %1 commands</source>
        <translation>已复制 %1 条命令</translation>
    </message>
    <message>
        <source>Drew %1</source>
        <translation>已绘制 %1</translation>
    </message>
    <message>
        <source>Hid %1</source>
        <translation>已隐藏 %1</translation>
    </message>
    <message>
        <source>Pinned %1</source>
        <translation>已置顶 %1</translation>
    </message>
    <message>
        <source>Unpinned %1</source>
        <translation>已取消置顶 %1</translation>
    </message>
    <message>
        <source>Coloured %1</source>
        <translation>已为 %1 着色</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Wine</source>
        <translation>酒红</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>墨</translation>
    </message>
    <message>
        <source>%1, dashed</source>
        <translation>%1，虚线</translation>
    </message>
    <message>
        <source> (swap with %1)</source>
        <translation>（与 %1 交换）</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Purge…</source>
        <translation>清除…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Evaluate…</source>
        <translation>评估…</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>克隆…</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Copy commands</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>标记…</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>移出归档</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Save query</source>
        <translation>保存查询</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请取一个名称。</translation>
    </message>
    <message>
        <source>Replaces the query of that name.</source>
        <translation>将替换同名查询。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Settings that differ between the runs</source>
        <translation>各运行之间不同的设置</translation>
    </message>
    <message>
        <source>Settings that are the same</source>
        <translation>相同的设置</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>That run is not in this view. Clear the filter, or look under Archived.</source>
        <translation>该运行不在此视图中。请清除筛选，或在“已归档”中查找。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Filter runs, for example mode = &quot;net&quot; and acc_best8 &gt; 0.83</source>
        <translation>筛选运行，例如 mode = &quot;net&quot; and acc_best8 &gt; 0.83</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The runs that the table shows</source>
        <translation>表格中显示的运行</translation>
    </message>
    <message>
        <source>Sort now</source>
        <translation>立即排序</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Choose two to twenty runs to compare them.</source>
        <translation>请选择 2 到 20 次运行进行比较。</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>run</source>
        <translation>次运行</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>次运行</translation>
    </message>
    <message>
        <source>1 run selected</source>
        <translation>已选择 1 次运行</translation>
    </message>
    <message>
        <source>%1 runs selected</source>
        <translation>已选择 %1 次运行</translation>
    </message>
    <message>
        <source>1 row changed order</source>
        <translation>1 行顺序有变</translation>
    </message>
    <message>
        <source>%1 rows changed order</source>
        <translation>%1 行顺序有变</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 / %2 次运行</translation>
    </message>
    <message>
        <source>No run is in this view.</source>
        <translation>此视图中没有运行。</translation>
    </message>
    <message>
        <source>No run matches. %1 runs are hidden by the filter.</source>
        <translation>没有匹配的运行。%1 次运行被筛选隐藏。</translation>
    </message>
    <message>
        <source>Open or close the summary</source>
        <translation>打开或关闭摘要</translation>
    </message>
    <message>
        <source>Compare the selected runs</source>
        <translation>比较选中的运行</translation>
    </message>
    <message>
        <source>Delete; in the view Deleted: purge</source>
        <translation>删除；在“已删除”视图中则清除</translation>
    </message>
    <message>
        <source>Select all runs that match</source>
        <translation>选择所有匹配的运行</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>取消全部选择</translation>
    </message>
    <message>
        <source>Go to the filter</source>
        <translation>转到筛选框</translation>
    </message>
    <message>
        <source>Clear the selection, then the filter</source>
        <translation>清除选择，再按则清除筛选</translation>
    </message>
    <message>
        <source>It stays in the view Deleted until it is purged there; only that frees the space.</source>
        <translation>它保留在“已删除”视图中，直到在那里清除；只有清除才释放空间。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RunsQueryLine</name>
    <message>
        <source>Filter runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>What may come next</source>
        <translation>后面可以写的内容</translation>
    </message>
</context>
<context>
    <name>winnow::ui::RunsSide</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Saved queries</source>
        <translation>已存查询</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组依据</translation>
    </message>
    <message>
        <source>Mean ± sd</source>
        <translation>均值 ± 标准差</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>95% 区间</translation>
    </message>
    <message>
        <source>What group rows show</source>
        <translation>分组行显示的内容</translation>
    </message>
    <message>
        <source>Over the finished runs of a group. sd: with n − 1. 95% interval of the mean: mean ± t · sd / √n.</source>
        <translation>对组内已完成的运行。标准差：n − 1。均值的 95% 区间：均值 ± t · sd / √n。</translation>
    </message>
    <message>
        <source>Interval of a run: 95% Wilson over its questions. Group rows: finished runs only.</source>
        <translation>单次运行的区间：题目上的 95% Wilson 区间。分组行：只含已完成的运行。</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>所有运行</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>%1 of %2 runs drawn</source>
        <translation>绘制 %1 / %2 次运行</translation>
    </message>
    <message>
        <source>The newest %1 runs are drawn until you show others with the eye.</source>
        <translation>绘制最新的 %1 次运行，直到您用眼睛图标显示其他运行。</translation>
    </message>
    <message>
        <source>None. Type a filter, then Save query.</source>
        <translation>无。先输入筛选，再保存查询。</translation>
    </message>
    <message>
        <source>Remove query</source>
        <translation>删除查询</translation>
    </message>
    <message>
        <source>Weighting</source>
        <translation>加权</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父运行</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SampleDetail</name>
    <message>
        <source>Choose a sample to see why it weighs what it weighs.</source>
        <translation>选择一个样本，查看其权重的由来。</translation>
    </message>
    <message>
        <source>Weight path</source>
        <translation>权重轨迹</translation>
    </message>
    <message>
        <source>Suspicion by ranker</source>
        <translation>各排序指标的可疑度</translation>
    </message>
    <message>
        <source>p(given) of each step over training</source>
        <translation>各步的 p(给定标签) 随训练变化</translation>
    </message>
    <message>
        <source>Nearest in rank</source>
        <translation>排名相近</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Why? Kept with the sample</source>
        <translation>为什么？与样本一起保存</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>Previous sample</source>
        <translation>上一个样本</translation>
    </message>
    <message>
        <source>Next sample (Ctrl+Right)</source>
        <translation>下一个样本（Ctrl+Right）</translation>
    </message>
    <message>
        <source>Previous sample (Ctrl+Left)</source>
        <translation>上一个样本（Ctrl+Left）</translation>
    </message>
    <message>
        <source>Then the next. Ctrl+Z undoes.</source>
        <translation>然后转到下一个。Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>⇌ known flipped</source>
        <translation>⇌ 已知被翻转</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>not in the table</source>
        <translation>不在表中</translation>
    </message>
    <message>
        <source>text only</source>
        <translation>仅文本</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>无图片</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>picture cannot be read</source>
        <translation>无法读取图片</translation>
    </message>
    <message>
        <source>p(+) not scored</source>
        <translation>p(+) 未打分</translation>
    </message>
    <message>
        <source>p(+) at %1</source>
        <translation>迭代 %1 的 p(+)</translation>
    </message>
    <message>
        <source> ± %1</source>
        <translation> ± %1</translation>
    </message>
    <message>
        <source>Suspicion by ranker, rank of %1</source>
        <translation>各排序指标的可疑度，共 %1 名</translation>
    </message>
    <message>
        <source>Weight, one visit</source>
        <translation>权重，访问 1 次</translation>
    </message>
    <message>
        <source>Weight, %1 visits</source>
        <translation>权重，%1 次访问</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，迭代 %2</translation>
    </message>
    <message>
        <source>no weight yet</source>
        <translation>尚无权重</translation>
    </message>
    <message>
        <source> · rank %1</source>
        <translation> · 排名 %1</translation>
    </message>
    <message>
        <source> · age %1</source>
        <translation> · 年龄 %1</translation>
    </message>
    <message>
        <source>Not visited yet.</source>
        <translation>尚未访问。</translation>
    </message>
    <message>
        <source>mean of steps</source>
        <translation>各步均值</translation>
    </message>
    <message>
        <source>p(given), mean over steps, at each visit</source>
        <translation>每次访问的 p(给定标签)，各步均值</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SampleGrid</name>
    <message>
        <source>Samples as pictures</source>
        <translation>以图片显示样本</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SamplePicture</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Click to zoom; T in the window shows the tiles</source>
        <translation>单击放大；窗口中按 T 显示图块</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SamplePictures</name>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Previous picture (Left, on the picture)</source>
        <translation>上一张图片（焦点在图片上时按左方向键）</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Next picture (Right, on the picture)</source>
        <translation>下一张图片（焦点在图片上时按右方向键）</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Picture %1 of %2</source>
        <translation>第 %1 张图片，共 %2 张</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Click to zoom; Left and Right show the other pictures</source>
        <translation>单击放大；左右方向键显示其他图片</translation>
    </message>
    <message>
        <source>Click to zoom; T in the window shows the tiles</source>
        <translation>单击放大；在窗口中按 T 显示图块</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Picture missing</source>
        <translation>图片缺失</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SampleSets</name>
    <message>
        <source>%1 was not written: %2. Choose another folder.</source>
        <translation>%1 没有写入：%2。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Save as set…</source>
        <translation>存为集合…</translation>
    </message>
    <message>
        <source>Import set…</source>
        <translation>导入集合…</translation>
    </message>
    <message>
        <source>Import set</source>
        <translation>导入集合</translation>
    </message>
    <message>
        <source>Sets (*.csv *.json)</source>
        <translation>集合 (*.csv *.json)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Add to the selection</source>
        <translation>加入选择</translation>
    </message>
    <message>
        <source>Keep only what is also in the selection</source>
        <translation>只保留同时在选择中的</translation>
    </message>
    <message>
        <source>Take out of the selection</source>
        <translation>从选择中去除</translation>
    </message>
    <message>
        <source>Filter by it</source>
        <translation>以它筛选</translation>
    </message>
    <message>
        <source>in set %1</source>
        <translation>属于集合 %1</translation>
    </message>
    <message>
        <source>Delete the set</source>
        <translation>删除集合</translation>
    </message>
    <message>
        <source>No sets of this data yet</source>
        <translation>此数据还没有集合</translation>
    </message>
    <message>
        <source>Rows as CSV…</source>
        <translation>数据行存为 CSV…</translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation>导出数据行</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Rows as JSON…</source>
        <translation>数据行存为 JSON…</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Corrected data set…</source>
        <translation>修正后的数据集…</translation>
    </message>
    <message>
        <source>Export corrected data set</source>
        <translation>导出修正后的数据集</translation>
    </message>
    <message>
        <source>Rows (*.json *.jsonl)</source>
        <translation>数据行 (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>Save as set</source>
        <translation>存为集合</translation>
    </message>
    <message>
        <source>Name of the set of %1 samples. An old set of the same name is replaced.</source>
        <translation>为含 %1 个样本的集合命名。同名的旧集合将被替换。</translation>
    </message>
    <message>
        <source>Saved set %1: %2 samples</source>
        <translation>已保存集合 %1：%2 个样本</translation>
    </message>
    <message>
        <source>Wrote %1 samples to %2</source>
        <translation>已将 %1 个样本写入 %2</translation>
    </message>
    <message>
        <source>import of %1 samples</source>
        <translation>导入 %1 个样本</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>导入的</translation>
    </message>
    <message>
        <source>Imported %1 samples, %2 decisions and %3 notes changed</source>
        <translation>已导入 %1 个样本，改变 %2 项决定和 %3 条备注</translation>
    </message>
    <message>
        <source>; %1 keys are not in this data</source>
        <translation>；%1 个键不在此数据中</translation>
    </message>
    <message>
        <source>%1 = %2 − %3 excluded, %4 flipped: %5 rows, hash %6</source>
        <translation>%1 = %2 − 排除 %3，翻转 %4：%5 行，哈希 %6</translation>
    </message>
    <message>
        <source>. %1 flipped rows lost their mark of known noise</source>
        <translation>。%1 行被翻转的数据失去了已知噪声的标记</translation>
    </message>
    <message>
        <source>. %1 unreadable rows were left out</source>
        <translation>。%1 行无法读取，已略去</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SampleSteps</name>
    <message>
        <source>Given</source>
        <translation>给定</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>disagrees</source>
        <translation>不一致</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SamplesModel</name>
    <message>
        <source>Lowest weight first</source>
        <translation>权重最低者在前</translation>
    </message>
    <message>
        <source>Highest loss first</source>
        <translation>损失最高者在前</translation>
    </message>
    <message>
        <source>Lowest confidence first</source>
        <translation>置信度最低者在前</translation>
    </message>
    <message>
        <source>Smallest margin first</source>
        <translation>间隔最小者在前</translation>
    </message>
    <message>
        <source>Highest Shapley sum first</source>
        <translation>Shapley 之和最高者在前</translation>
    </message>
    <message>
        <source>Labels that unseeing models contradict first</source>
        <translation>未见过该行的模型最反对的标签在前</translation>
    </message>
    <message>
        <source>By %1</source>
        <translation>按%1</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>学科</translation>
    </message>
    <message>
        <source>Given labels</source>
        <translation>给定标签</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Loss EMA</source>
        <translation>损失 EMA</translation>
    </message>
    <message>
        <source>Min p(given)</source>
        <translation>最小 p(给定)</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>访问</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次访问</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已知</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SamplesPage</name>
    <message>
        <source>No weights yet. They appear after the first snapshot of a bi-level run.</source>
        <translation>尚无权重。双层运行的第一个快照之后出现。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>选择运行</translation>
    </message>
    <message>
        <source>Rank by: learned weight</source>
        <translation>排序依据：学得权重</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>添加筛选</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>集合</translation>
    </message>
    <message>
        <source>Weight film</source>
        <translation>权重影片</translation>
    </message>
    <message>
        <source>Weights at the iteration looked at</source>
        <translation>所看迭代的权重</translation>
    </message>
    <message>
        <source>weight over iterations, log count</source>
        <translation>权重随迭代变化，对数计数</translation>
    </message>
    <message>
        <source>Iteration %1</source>
        <translation>迭代 %1</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Ridges</source>
        <translation>山脊图</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>迭代</translation>
    </message>
    <message>
        <source>Weight against loss</source>
        <translation>权重与损失</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Lasso (L): draw around the samples to select. Off: a rectangle (B)</source>
        <translation>套索（L）：圈出要选择的样本。关闭时为矩形（B）</translation>
    </message>
    <message>
        <source>What the vertical axis shows</source>
        <translation>纵轴显示的内容</translation>
    </message>
    <message>
        <source>brushed in the scatter</source>
        <translation>在散点图中框选</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Apply to all…</source>
        <translation>应用于全部…</translation>
    </message>
    <message>
        <source>Save as set…</source>
        <translation>存为集合…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>%1, then the next sample</source>
        <translation>%1，然后转到下一个样本</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>Previous sample</source>
        <translation>上一个样本</translation>
    </message>
    <message>
        <source>Iteration: ten snapshots back</source>
        <translation>迭代：后退十个快照</translation>
    </message>
    <message>
        <source>Iteration: ten snapshots on</source>
        <translation>迭代：前进十个快照</translation>
    </message>
    <message>
        <source>Iteration: one snapshot back</source>
        <translation>迭代：后退一个快照</translation>
    </message>
    <message>
        <source>Iteration: one snapshot on</source>
        <translation>迭代：前进一个快照</translation>
    </message>
    <message>
        <source>Brush with a rectangle</source>
        <translation>用矩形框选</translation>
    </message>
    <message>
        <source>Brush with a lasso</source>
        <translation>用套索框选</translation>
    </message>
    <message>
        <source>Open or close the detail panel</source>
        <translation>打开或关闭详情面板</translation>
    </message>
    <message>
        <source>Select all samples that match</source>
        <translation>选择所有匹配的样本</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>取消全部选择</translation>
    </message>
    <message>
        <source>Clear the selection, then the newest filter</source>
        <translation>清除选择，再按则清除最新的筛选</translation>
    </message>
    <message>
        <source>%1: %2 samples</source>
        <translation>%1：%2 个样本</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1 %2 samples…</source>
        <translation>%1 %2 个样本…</translation>
    </message>
    <message>
        <source>%1 %2 samples?</source>
        <translation>%1 %2 个样本？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Wrote the corrected data set.</source>
        <translation>已写出修正后的数据集。</translation>
    </message>
    <message>
        <source>Clone the run on it…</source>
        <translation>在其上克隆运行…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Undid: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>Redid: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Hypergradient sum</source>
        <translation>超梯度之和</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>访问次数</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Loss (EMA)</source>
        <translation>损失（EMA）</translation>
    </message>
    <message>
        <source>Confidence: mean p of the given label</source>
        <translation>置信度：给定标签概率的均值</translation>
    </message>
    <message>
        <source>Margin: mean of given minus other, logits</source>
        <translation>间隔：给定减另一标签的均值，logit</translation>
    </message>
    <message>
        <source>Hypergradient: sum of dM/dw over visits</source>
        <translation>超梯度：各次访问 dM/dw 之和</translation>
    </message>
    <message>
        <source>Length, steps</source>
        <translation>长度，步数</translation>
    </message>
    <message>
        <source>Loss (EMA), nats a step</source>
        <translation>损失（EMA），每步纳特</translation>
    </message>
    <message>
        <source>Rank by: %1</source>
        <translation>排序依据：%1</translation>
    </message>
    <message>
        <source>weight ≤ %1 at %2</source>
        <translation>权重 ≤ %1，迭代 %2</translation>
    </message>
    <message>
        <source>weight %1 to %2 at %3</source>
        <translation>权重 %1 到 %2，迭代 %3</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>次迭代</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>个样本</translation>
    </message>
    <message>
        <source>known flipped</source>
        <translation>已知被翻转</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>干净</translation>
    </message>
    <message>
        <source>Iteration %1  ·  %2</source>
        <translation>迭代 %1  ·  %2</translation>
    </message>
    <message>
        <source>snapshot exact</source>
        <translation>快照正好在此</translation>
    </message>
    <message>
        <source>latest earlier snapshot: %1</source>
        <translation>最近的较早快照：%1</translation>
    </message>
    <message>
        <source>log count · age: median %1 iterations, oldest %2</source>
        <translation>对数计数 · 年龄：中位数 %1 次迭代，最旧 %2</translation>
    </message>
    <message>
        <source>Selection: median, 10 to 90%</source>
        <translation>选择：中位数，10% 到 90%</translation>
    </message>
    <message>
        <source>weight at %1</source>
        <translation>迭代 %1 的权重</translation>
    </message>
    <message>
        <source>%1 of %2 samples</source>
        <translation>%1 / %2 个样本</translation>
    </message>
    <message>
        <source>  ·  %1 selected</source>
        <translation>  ·  已选 %1</translation>
    </message>
    <message>
        <source>  ·  precision %1</source>
        <translation>  ·  精确率 %1</translation>
    </message>
    <message>
        <source>%1 of %2 reviewed</source>
        <translation>已审阅 %1 / %2</translation>
    </message>
    <message>
        <source>Apply to all %1…</source>
        <translation>应用于全部 %1 个…</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>学科</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>all +</source>
        <translation>全为 +</translation>
    </message>
    <message>
        <source>some −</source>
        <translation>有 −</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已审阅</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>已审阅</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>未审阅</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>未审阅</translation>
    </message>
    <message>
        <source>Known flipped</source>
        <translation>已知被翻转</translation>
    </message>
    <message>
        <source>Known clean</source>
        <translation>已知干净</translation>
    </message>
    <message>
        <source>known clean</source>
        <translation>已知干净</translation>
    </message>
    <message>
        <source>Weight ≤ %1</source>
        <translation>权重 ≤ %1</translation>
    </message>
    <message>
        <source>weight ≤ %1</source>
        <translation>权重 ≤ %1</translation>
    </message>
    <message>
        <source>Down-weighted in at least %1 of %2 runs</source>
        <translation>在 %2 次运行中至少 %1 次被降权</translation>
    </message>
    <message>
        <source>down in ≥ %1 of %2 runs</source>
        <translation>%2 次运行中 ≥ %1 次降权</translation>
    </message>
    <message>
        <source>from Compare</source>
        <translation>来自“比较”</translation>
    </message>
    <message>
        <source>%1 samples selected</source>
        <translation>已选择 %1 个样本</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SelectionBar</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>已选</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SelectionModel</name>
    <message numerus="yes">
        <source>selection of %n samples</source>
        <translation>
            <numerusform>选择 %n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>System follows the desktop while the program runs.</source>
        <translation>“系统”在程序运行时跟随桌面。</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Rows of tables</source>
        <translation>表格行高</translation>
    </message>
    <message>
        <source>Thousands</source>
        <translation>千位分隔</translation>
    </message>
    <message>
        <source>On screen; files have plain numbers.</source>
        <translation>仅用于屏幕；文件中为普通数字。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Holds when the program starts again.</source>
        <translation>重新启动程序后生效。</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Runs, figures, weights, decisions and sets are in this one file; checkpoints lie beside it.</source>
        <translation>运行、数据、权重、决定和集合都在这一个文件中；检查点在它旁边。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Open store…</source>
        <translation>打开存储…</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>A copy of the store as it is now, also while runs write to it</source>
        <translation>存储当前状态的副本，运行正在写入时也可进行</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Threads of new runs</source>
        <translation>新运行的线程数</translation>
    </message>
    <message>
        <source>Empty: all of the %1 cores but one.</source>
        <translation>留空：使用 %1 个核心中除一个以外的全部。</translation>
    </message>
    <message>
        <source>CPU with %1 cores</source>
        <translation>CPU，%1 个核心</translation>
    </message>
    <message>
        <source>GPU with sensors (NVML)</source>
        <translation>GPU，有传感器（NVML）</translation>
    </message>
    <message>
        <source>no GPU sensor</source>
        <translation>无 GPU 传感器</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Device of the newest run</source>
        <translation>最新运行的设备</translation>
    </message>
    <message>
        <source>known when a run starts</source>
        <translation>运行开始后可知</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Cache, MB</source>
        <translation>缓存（MB）</translation>
    </message>
    <message>
        <source>8 to 4096. Pictures of samples that were shown stay in memory up to this size.</source>
        <translation>8 到 4096。显示过的样本图片在此大小之内保留在内存中。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>已使用</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>When a run ends</source>
        <translation>运行结束时</translation>
    </message>
    <message>
        <source>A notice of the desktop, also while the window is hidden.</source>
        <translation>桌面通知，窗口隐藏时也会显示。</translation>
    </message>
    <message>
        <source>On alerts</source>
        <translation>出现警报时</translation>
    </message>
    <message>
        <source>Loss that is no number, no progress, collapsed weights, a disk that is almost full: once per event.</source>
        <translation>损失不是数值、没有进展、权重坍缩、磁盘将满：每个事件一次。</translation>
    </message>
    <message>
        <source>Alerts are marked on the curves and listed in Events in any case.</source>
        <translation>无论如何，警报都会标在曲线上并列在“事件”中。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::ShortcutsView</name>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>查找操作或按键</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Press the key that the chosen action should have</source>
        <translation>按下所选操作要用的键</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Move the current row; with Shift a range of runs is selected</source>
        <translation>移动当前行；配合 Shift 选择一段运行</translation>
    </message>
    <message>
        <source>Up, Down, Home, End, Page Up, Page Down</source>
        <translation>上、下、Home、End、Page Up、Page Down</translation>
    </message>
    <message>
        <source>Leave the table for the next control</source>
        <translation>离开表格，转到下一个控件</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Letters without Ctrl or Alt act only outside text fields.</source>
        <translation>不带 Ctrl 或 Alt 的字母只在文本框之外起作用。</translation>
    </message>
    <message>
        <source>This key cannot be changed.</source>
        <translation>此按键不能更改。</translation>
    </message>
    <message>
        <source>Choose an action to change its key.</source>
        <translation>选择一个操作以更改其按键。</translation>
    </message>
    <message>
        <source>%1 is the key of: %2, %3. Choose another one, or change that first.</source>
        <translation>%1 已用于：%2，%3。请选择其他按键，或先更改那一项。</translation>
    </message>
</context>
<context>
    <name>winnow::ui::StatusBar</name>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>winnow::ui::SuspicionBars</name>
    <message>
        <source>not seen</source>
        <translation>未见过</translation>
    </message>
</context>
<context>
    <name>winnow::ui::TableMenu</name>
    <message>
        <source>Table as CSV…</source>
        <translation>表格存为 CSV…</translation>
    </message>
    <message>
        <source>Table as Markdown…</source>
        <translation>表格存为 Markdown…</translation>
    </message>
    <message>
        <source>Table as LaTeX…</source>
        <translation>表格存为 LaTeX…</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Could not write %1: %2. Choose another file.</source>
        <translation>无法写入 %1：%2。请选择其他文件。</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Copied %1 rows</source>
        <translation>已复制 %1 行</translation>
    </message>
</context>
<context>
    <name>winnow::ui::TopBar</name>
    <message>
        <source>Find a run, sample or command</source>
        <translation>查找运行、样本或命令</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Menu: every command of Winnow</source>
        <translation>菜单：Winnow 的所有命令</translation>
    </message>
</context>
<context>
    <name>winnow::ui::TourCard</name>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>winnow::ui::Triage</name>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Mark as unsure</source>
        <translation>标为不确定</translation>
    </message>
    <message>
        <source>Clear the decision on</source>
        <translation>清除决定</translation>
    </message>
    <message>
        <source>%1 1 sample</source>
        <translation>%1 1 个样本</translation>
    </message>
    <message>
        <source>%1 %2 samples</source>
        <translation>%1 %2 个样本</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>winnow::ui::VerdictView</name>
    <message>
        <source>Show %1 flipped picks</source>
        <translation>显示 %1 道选择翻转的题目</translation>
    </message>
    <message>
        <source>McNemar, exact p = </source>
        <translation>McNemar，精确 p = </translation>
    </message>
    <message>
        <source>Ties in A %1, in %2 %3 · no usable score %4</source>
        <translation>并列：A %1，%2 %3 · 无可用分数 %4</translation>
    </message>
    <message>
        <source>Candidates without an answer (unparsable) %1</source>
        <translation>没有答案（无法解析）的候选 %1</translation>
    </message>
    <message>
        <source>%1 right</source>
        <translation>%1 对</translation>
    </message>
    <message>
        <source>%1 wrong</source>
        <translation>%1 错</translation>
    </message>
    <message>
        <source>A right</source>
        <translation>A 对</translation>
    </message>
    <message>
        <source>A wrong</source>
        <translation>A 错</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>变错 %1</translation>
    </message>
    <message>
        <source>%1 gained</source>
        <translation>变对 %1</translation>
    </message>
</context>
<context>
    <name>winnow::ui::ViewList</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
</context>
</TS>
