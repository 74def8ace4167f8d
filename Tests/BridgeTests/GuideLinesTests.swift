import Bridge
import Testing

struct GuideLinesTests {
  @Test func theFirstLayerReadsTheDataAndTheSecondTheFirst() {
    #expect(GuideLines(operation: "linear", layer: 1, part: .forward)?.numpy == ["Z1 = X @ W1 + b1"])
    #expect(GuideLines(operation: "linear", layer: 2, part: .forward)?.numpy == ["Z2 = A1 @ W2 + b2"])
    #expect(GuideLines(operation: "linear", layer: 2, part: .forward)?.pytorch == "x = self.fc2(x)")
  }

  @Test func backwardOfTheFirstLayerSendsNothingToTheData() {
    #expect(
      GuideLines(operation: "linear", layer: 1, part: .backward)?.numpy
        == ["dW1 = (1/m) * X.T @ dZ1", "db1 = (1/m) * np.sum(dZ1, axis=0)"])
    #expect(
      GuideLines(operation: "linear", layer: 2, part: .backward)?.numpy
        == ["dW2 = (1/m) * A1.T @ dZ2", "db2 = (1/m) * np.sum(dZ2, axis=0)", "dA1 = dZ2 @ W2.T"])
  }

  @Test func theLossAndItsGradientNameTheLastLayer() {
    #expect(
      GuideLines(operation: "cross_entropy", layer: 2, part: .forward)?.numpy
        == ["A2 = softmax(Z2)", "loss = np.mean(-np.log(A2[range(m), y] + 1e-8))"])
    #expect(
      GuideLines(operation: "cross_entropy", layer: 2, part: .backward)?.numpy == ["dZ2 = A2 - onehot(y)"])
  }

  @Test func theUpdateIsOfOneParameter() {
    #expect(GuideLines(operation: "bias", layer: 2, part: .update)?.numpy == ["b2 -= lr * db2"])
    #expect(GuideLines(operation: "weight", layer: 1, part: .update)?.pytorch == "optimizer.step()")
  }

  @Test func operatorsThatTheGuideDoesNotHaveHaveNoLines() {
    #expect(GuideLines(operation: "tanh", layer: 1, part: .forward) == nil)
    #expect(GuideLines(operation: "linear", layer: 1, part: .update) == nil)
  }
}
