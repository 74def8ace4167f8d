import Autograd
import NN
import Testing
import Trace
import Training

/// The output has the shape [N] and the targets [N, 1]: each is compared with all others.
struct ColumnAgainstRow {
  // UserWarning: Using a target size (torch.Size([2, 1])) that is different to the input size (torch.Size([2])). This
  // will likely lead to incorrect results due to broadcasting.
  @Test func theLossIsMarkedAndThePairsAreCounted() throws {
    let run = try FaultyRun {
      let fc = try linear([[1, 0]], bias: [0])
      return Experiment(
        name: "rows", model: Network([("fc", fc)]) { try fc($0).squeeze(dim: 1) }, loss: MSELoss(),
        optimizer: SGD(fc.namedParameters(), learningRate: 0.1),
        trainData: try rows([[3, 1], [-2, 1]], targets: [1, 0]), epochs: 60, seed: 0)
    }
    let moment = try run.go(to: .update, of: 1)
    #expect(try moment.node("mse_loss").node.remark == "shapes differ")
    try run.after(.run)
    #expect(
      run.news.warnings.map {
        $0.hasSuffix(
          ": mse_loss compares an output [2] with a target [2, 1], which makes 4 pairs [2, 2]: give both one shape"
        )
      } == [true])
    // Every output comes to the mean of all targets: the loss is their variance.
    #expect(run.news.losses.last?.loss == 0.25)
  }
}
