#include "core/bilevel/bilevel_trainer.h"
#include "tests/support/engine_fixtures.h"
#include "tests/support/fixture_dataset.h"

#include <ATen/ATen.h>

// Fixtures 32 and 33: eight iterations of the reference, table and net, row by row.
namespace winnow {
namespace {

using namespace test;

RunOptions fixtureOptions(const nlohmann::json &golden, Method method)
{
    RunOptions options;
    options.train.batch = 1;
    options.train.iterations = golden["total"];
    options.train.clipOrder = ClipOrder::WeightThenGradient;
    options.train.optimizer = {.form = AdamWForm::Transformers,
                               .learningRate = golden["lr"],
                               .weightDecay = golden["weight_decay"],
                               .clipNorm = 1.0,
                               .schedule = Schedule::Cosine};
    options.meta.batch = 1;
    options.meta.optimizer = options.train.optimizer;
    options.meta.optimizer.learningRate = golden["meta_lr"];
    options.meta.optimizer.weightDecay = golden["meta_weight_decay"];
    options.meta.hypergradient = HypergradientKind::Reference;
    options.meta.estimator = Estimator::FiniteDifference;
    options.weighting.method = method;
    options.weighting.activation = method == Method::Table ? WeightActivation::Clip : WeightActivation::Sigmoid;
    options.weighting.netInput = NetInput::Reference;
    options.weighting.netPath = method == Method::Net ? NetPath::Reference : NetPath::Detached;
    return options;
}

at::Tensor flatNumbers(const nlohmann::json &list)
{
    std::vector<double> values;
    const std::function<void(const nlohmann::json &)> collect = [&](const nlohmann::json &item) {
        if (item.is_array()) {
            for (const nlohmann::json &part : item)
                collect(part);
        } else {
            values.push_back(item.get<double>());
        }
    };
    collect(list);
    return at::tensor(values, at::kDouble);
}

struct Tolerance {
    double absolute, relative;
};

void expectNear(double actual, double expected, Tolerance t, const std::string &what)
{
    EXPECT_LE(std::abs(actual - expected), t.absolute + t.relative * std::abs(expected))
        << what << ": " << actual << " against " << expected;
}

void expectNear(const at::Tensor &actual, const at::Tensor &expected, Tolerance t, const std::string &what)
{
    ASSERT_EQ(actual.numel(), expected.numel());
    for (std::int64_t i = 0; i < expected.numel(); ++i)
        expectNear(actual.reshape({-1})[i].item<double>(), expected[i].item<double>(), t, what);
}

double metric(const StepReport &report, std::string_view name)
{
    for (const MetricPoint &point : report.metrics) {
        if (point.series == name)
            return point.value;
    }
    ADD_FAILURE() << "no metric " << name;
    return 0;
}

void replay(Method method, const std::string &file, at::ScalarType dtype, Tolerance values, Tolerance hyper,
            Estimator estimator = Estimator::FiniteDifference)
{
    const nlohmann::json golden = goldenJson(file);
    LoadedModel tiny = loadTiny("tiny-a-original", dtype);
    const FixtureDataset train = FixtureDataset::train(golden), meta = FixtureDataset::meta(golden);
    TrainRequest request;
    request.options = fixtureOptions(golden, method);
    request.options.meta.estimator = estimator;
    request.tokens = tinyTokens();
    request.train = &train;
    request.meta = &meta;
    request.unitOfSample = {0, 1, 2, 3};
    request.unitKeys = {"0", "1", "2", "3"};
    WorkerPool pool(1, 1);
    BatchPasses passes(*tiny.model, request.tokens, pool, dtype);
    passes.setNormalization(fixtureNormalization());
    passes.setAttention(ComputeForm::Plain);
    BilevelTrainer trainer(request, passes, tiny.parameters);
    trainer.setUpper(flatNumbers(golden["upper_init"]).to(dtype));
    trainer.setOrders(BatchOrder::sequential(4, 1), BatchOrder::sequential(3, 1));

    for (const nlohmann::json &row : golden["rows"]) {
        const std::int64_t t = row["t"];
        const std::string at = file + " iteration " + std::to_string(t);
        StepReport report;
        trainer.step(t, report);
        expectNear(report.visits[0].loss, row["loss"], {1e-5, 1e-5}, at + " loss"); // a visit holds float32
        expectNear(metric(report, "loss.train"), row["loss"], values, at + " loss");
        expectNear(report.visits[0].weight, row["weight"], {1e-6, 1e-6}, at + " weight");
        expectNear(metric(report, "loss.meta"), row["meta_loss"], values, at + " meta loss");
        expectNear(metric(report, "meta.grad_norm"), row["v_norm"], values, at + " v norm");
        if (estimator == Estimator::FiniteDifference) {
            expectNear(metric(report, "grad.norm"), row["grad_norm"], values, at + " gradient norm");
            expectNear(trainer.upperGradient(), flatNumbers(row["hyper_fd"]), hyper, at + " hypergradient");
            expectNear(metric(report, "hypergradient.norm"), row["hyper_norm"], hyper, at + " its norm");
            expectNear(trainer.upper(), flatNumbers(row["upper_after"]), values, at + " upper parameters");
        } else {
            expectNear(trainer.upperGradient(), flatNumbers(row["hyper_exact"]), hyper, at + " exact hypergradient");
            trainer.setUpper(flatNumbers(row["upper_after"]).to(dtype)); // the recorded run went on with the difference
        }
    }
    const ParameterSet after = trainer.parameters();
    for (const ParameterSlot &slot : tiny.model->layout()->named())
        expectNear(after.named(slot).norm().item<double>(), golden["param_norms_after"][slot.name], values, slot.name);
}

constexpr Tolerance exact64{1e-7, 1e-6};
constexpr Tolerance single{1e-5, 1e-5};
constexpr Tolerance singleHyper{1e-5, 1e-3};

TEST(BilevelFixtures, TableInFloat64) { replay(Method::Table, "bilevel-table.json", at::kDouble, exact64, exact64); }
TEST(BilevelFixtures, TableInFloat32) { replay(Method::Table, "bilevel-table.json", at::kFloat, single, singleHyper); }
TEST(BilevelFixtures, NetInFloat64) { replay(Method::Net, "bilevel-net.json", at::kDouble, exact64, exact64); }
TEST(BilevelFixtures, NetInFloat32) { replay(Method::Net, "bilevel-net.json", at::kFloat, single, singleHyper); }

TEST(BilevelFixtures, TableByGradientDot)
{
    replay(Method::Table, "bilevel-table.json", at::kDouble, exact64, exact64, Estimator::GradientDot);
}

} // namespace
} // namespace winnow
