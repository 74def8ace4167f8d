import Autograd
import Testing

/// The exact words for inputs that operators cannot take.
struct ErrorTextTests {
  private func text(_ body: () throws -> Tensor) -> String {
    do {
      _ = try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private let a = Tensor.empty([2, 3], .float32).filled(with: 0)
  private let b = Tensor.empty([4], .float32).filled(with: 0)

  @Test func shapesThatDoNotBroadcast() {
    #expect(
      text { try a.add(b, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: add got [2, 3] and [4]; it expects sizes that agree or are 1, "
        + "counted from the last dimension.")
    #expect(
      text { try a.mseLoss(b, file: "M/N.swift", line: 3) }.hasPrefix("M/N.swift:3: mse_loss got [2, 3]"))
  }

  @Test func productsWithoutACommonSize() {
    #expect(
      text { try a.matmul(b, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: matmul got [2, 3] and [4]; it expects [..., m, k] and [..., k, n] with one k.")
    #expect(
      text { try a.mm(b, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: mm got [2, 3] and [4]; it expects two matrices: use matmul for other ranks.")
    #expect(
      text { try Tensor(1.0).matmul(b, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: matmul got [] and [4]; it expects at least one dimension each.")
    #expect(
      text { try a.linear(weight: b, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: linear got [2, 3] and [4]; it expects input [..., in] and weight [out, in].")
  }

  @Test func dimensionsThatAreNotThere() {
    #expect(
      text { try a.sum(dim: 2, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: sum got dim 2; it expects a dimension from -2 to 1 for a tensor of shape [2, 3].")
    #expect(
      text { try a.softmax(dim: -3, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: softmax got dim -3; it expects a dimension from -2 to 1 "
        + "for a tensor of shape [2, 3].")
    #expect(
      text { try a.mean(dims: [0, -2], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: mean got dim [0, -2]; it expects each dimension once.")
    #expect(
      text { try a.transpose(0, 5, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: transpose got dim1 5; it expects a dimension from -2 to 1 "
        + "for a tensor of shape [2, 3].")
  }

  @Test func shapesThatCannotBeFilled() {
    #expect(
      text { try a.reshape([4, -1], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: reshape got shape [4, -1]; it expects sizes whose product is 6, "
        + "one of them -1 to be worked out.")
    #expect(
      text { try a.t().view([6], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: view got [3, 2]; it expects memory that can be read as [6] without a copy: "
        + "use reshape() instead.")
    #expect(
      text { try a.expand([5, 3], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: expand got shape [5, 3]; it expects sizes to which [2, 3] broadcasts, "
        + "-1 where one stays.")
    #expect(
      text { try a.reshape([.max, .max], file: "M/N.swift", line: 3) }.contains("whose product is 6"))
  }

  @Test func indicesOutOfRange() {
    #expect(
      text { try a.select(dim: 0, index: 2, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: select got index 2; it expects -2 to 1.")
    #expect(
      text { try a.indexSelect(dim: 1, Tensor([3]), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: index_select got index 3 at [0]; it expects 0 to 2.")
    #expect(
      text { try a.narrow(dim: 1, start: 2, length: 2, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: narrow got length 2; it expects 0 to 1 elements from 2.")
    #expect(
      text { try a.gather(dim: 0, Tensor([0]), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: gather got [2, 3] and [1]; it expects indices of as many dimensions, "
        + "none but dim 0 greater than the tensor's.")
  }

  @Test func labelsAndLogitsThatDoNotFit() {
    #expect(
      text { try a.crossEntropy(Tensor([0, 3]), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: cross_entropy got label 3 at [1]; it expects a class from 0 to 2.")
    #expect(
      text { try a.nllLoss(Tensor([-1, 0]), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: nll_loss got label -1 at [0]; it expects a class from 0 to 2.")
    #expect(
      text { try a.embedding(Tensor([0, 1, 1, 2]).view(2, 2), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: embedding got index 2 at [1, 1]; it expects 0 to 1.")
    #expect(
      text { try a.crossEntropy(Tensor([0]), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: cross_entropy got [2, 3] and [1]; it expects logits [batch, classes] "
        + "and labels [batch].")
    #expect(
      text { try a.nllLoss(b.detach(), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: nll_loss got [2, 3] and [4]; it expects logits [batch, classes] and labels [batch].")
    #expect(
      text { try a.binaryCrossEntropyWithLogits(b, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: binary_cross_entropy_with_logits got [2, 3] and [4]; "
        + "it expects prediction and target of one shape.")
  }

  @Test func emptyTensorsWithoutAnExtreme() {
    #expect(
      text { try Tensor.zeros([0]).max(file: "M/N.swift", line: 3) }
        == "M/N.swift:3: max got [0]; it expects one element or more in the dimensions it looks through.")
    #expect(
      text { try Tensor.zeros([2, 0]).argmax(dim: 1, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: argmax got [2, 0]; it expects one element or more in dimension 1.")
  }

  @Test func tensorsThatCannotBeJoined() {
    #expect(
      text { try Tensor.cat([a, Tensor.zeros([2, 4])], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: cat got [2, 3] and [2, 4]; it expects equal sizes in every dimension but 0.")
    #expect(
      text { try Tensor.stack([a, b], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: stack got [2, 3] and [4]; it expects one tensor or more, all of one shape.")
    #expect(text { try Tensor.stack([], file: "M/N.swift", line: 3) }.hasPrefix("M/N.swift:3: stack got"))
    #expect(text { try Tensor.cat([], file: "M/N.swift", line: 3) }.hasPrefix("M/N.swift:3: cat got"))
  }

  @Test func typesThatDoNotFit() {
    #expect(
      text { try Tensor([1, 2] as [Int]).mean(file: "M/N.swift", line: 3) }
        == "M/N.swift:3: mean got int64; it expects a floating-point tensor: convert it with to(.float32).")
    #expect(
      text { try a.matmul(Tensor.zeros([3, 2], dtype: .float64), file: "M/N.swift", line: 3) }
        == "M/N.swift:3: matmul got float32 and float64; it expects tensors of numbers of one type: "
        + "convert one with to(_:).")
  }

  @Test func probabilitiesAndMarginsOutOfRange() {
    #expect(
      text { try a.dropout(p: 1.5, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: dropout got p 1.5; it expects a probability from 0 to 1.")
    #expect(
      text { try a.huberLoss(a, delta: 0, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: huber_loss got delta 0.0; it expects a number above 0.")
  }

  /// Each raises in PyTorch too.
  @Test func optionsOfLossesThatAreMadeOfOperators() throws {
    let shares = try Tensor.full([2, 3], 1.0 / 3)
    #expect(
      text { try a.crossEntropy(shares, labelSmoothing: 1.5, file: "M/N.swift", line: 3) }
        == "M/N.swift:3: cross_entropy got labelSmoothing 1.5; it expects a share from 0 to 1.")
    for weight in [Tensor([1.0]), b, try Tensor.ones([1, 3])] {
      #expect(
        text { try a.crossEntropy(shares, weight: weight, file: "M/N.swift", line: 3) }
          == "M/N.swift:3: cross_entropy got [2, 3] and [2, 3] and \(weight.shape); "
          + "it expects a weight for each class, [3].")
    }
    #expect(try a.crossEntropy(shares, weight: Tensor([1.0, 1, 1]), labelSmoothing: 1).shape == [])
    let (row, column) = (try a[0], try Tensor.ones([2, 1]))
    for weight in [a, try Tensor.ones([1, 3]), column] {
      let expected =
        "M/N.swift:3: binary_cross_entropy_with_logits got [3] and [3] and \(weight.shape); "
        + "it expects weights that broadcast to the logits' shape, [3]."
      #expect(
        text {
          try row.binaryCrossEntropyWithLogits(
            row, weight: weight, positiveWeights: nil, file: "M/N.swift", line: 3)
        } == expected)
      #expect(
        text {
          try row.binaryCrossEntropyWithLogits(
            row, weight: nil, positiveWeights: weight, file: "M/N.swift", line: 3)
        } == expected)
    }
    let loss = try a.binaryCrossEntropyWithLogits(a, weight: column, positiveWeights: row)
    #expect(loss.shape == [])
  }

  @Test func valuesThatDoNotFillAShape() {
    #expect(
      text { try Tensor([1, 2, 3] as [Float], shape: [2, 2], file: "M/N.swift", line: 3) }
        == "M/N.swift:3: a tensor of shape [2, 2] holds 4 values, but 3 were given.")
    let error = #expect(throws: AutogradError.self) { try a.item(file: "M/N.swift", line: 3) }
    #expect(
      error?.description
        == "M/N.swift:3: item() needs a tensor with one element, but this one has shape [2, 3]. Pick an element first."
    )
  }
}
