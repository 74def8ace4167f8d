import Autograd
import Testing

struct OperatorGuideTests {
  private func forward(_ info: OperatorInfo, _ layer: Int) -> GuideLines? {
    info.guide?.forward(GuideNames(layer: layer))
  }

  private func backward(_ info: OperatorInfo, _ layer: Int) -> GuideLines? {
    info.guide?.backward(GuideNames(layer: layer))
  }

  @Test func theFirstLayerReadsTheDataAndTheSecondTheFirst() {
    #expect(forward(.linear, 1)?.numpy == ["Z1 = X @ W1 + b1"])
    #expect(forward(.linear, 2)?.numpy == ["Z2 = A1 @ W2 + b2"])
    #expect(forward(.linear, 2)?.pytorch == "x = self.fc2(x)")
    #expect(forward(.relu, 1)?.numpy == ["A1 = np.maximum(0, Z1)"])
  }

  @Test func aLayerIsNamedAsItsModuleAndHasItsOwnInput() {
    let names = GuideNames(layer: 2, input: "Z1", module: "self.encoder[0]", hasBias: false)
    let (forward, backward) = (
      OperatorInfo.linear.guide?.forward(names), OperatorInfo.linear.guide?.backward(names)
    )
    #expect(forward == GuideLines(["Z2 = Z1 @ W2"], pytorch: "x = self.encoder[0](x)"))
    #expect(backward?.numpy == ["dW2 = (1/m) * Z1.T @ dZ2", "dZ1 = dZ2 @ W2.T"])
  }

  @Test func backwardOfTheFirstLayerPassesNothingToTheData() {
    #expect(
      backward(.linear, 1)?.numpy == ["dW1 = (1/m) * X.T @ dZ1", "db1 = (1/m) * np.sum(dZ1, axis=0)"])
    #expect(
      backward(.linear, 2)?.numpy
        == ["dW2 = (1/m) * A1.T @ dZ2", "db2 = (1/m) * np.sum(dZ2, axis=0)", "dA1 = dZ2 @ W2.T"])
  }

  @Test func theLossAndItsGradientNameTheLastLayer() {
    #expect(
      forward(.crossEntropy, 2)?.numpy
        == ["A2 = softmax(Z2)", "loss = np.mean(-np.log(A2[range(m), y] + 1e-8))"])
    #expect(backward(.crossEntropy, 2)?.numpy == ["dZ2 = A2 - onehot(y)"])
  }

  @Test func operatorsThatTheGuideDoesNotHaveHaveNoLines() {
    #expect(OperatorInfo.tanh.guide == nil)
    #expect(OperatorInfo("of a user").guide == nil)
  }
}
