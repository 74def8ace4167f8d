import Autograd
import Datasets
import NN
import Testing

/// Units that start alike see the same inputs and gradients, and so stay alike.
struct EqualUnitsTests {
  @Test(arguments: [32, 33]) func rowsThatAreEqualStayEqualThrough20EpochsOfTheDigits(_ width: Int) throws {
    var generator = Generator(seed: 4, purpose: .initialization)
    let (first, second) = (Linear(64, width, generator: &generator), Linear(width, 10, generator: &generator))
    let model = Sequential(["fc1": first, "relu": ReLU(), "fc2": second])
    // All units start as the first one does.
    try noGrad {
      try first.weight.copy(from: first.weight[0..<1].expand(width, 64).contiguous())
      try first.bias?.fill(0)
      try second.weight.copy(from: second.weight[.all, 0..<1].expand(10, width).contiguous())
    }
    let before = first.weight.array()
    let optimizer = Adam(model.namedParameters(), learningRate: 0.003)
    let data = try DataLoader(ImageDataset.digitsTrain(), batchSize: 64, shuffle: true, seed: 1)
    for epoch in 1...20 {
      for index in 0..<data.stepsPerEpoch {
        let batch = try data.batch(epoch: epoch, index: index)
        optimizer.zeroGrad()
        try CrossEntropyLoss()(model(batch.inputs), batch.targets).backward()
        try optimizer.step()
      }
    }
    let rows = first.weight.array().map(\.bitPattern)
    #expect(first.weight.array() != before)
    for unit in 1..<width {
      #expect(rows[unit * 64..<(unit + 1) * 64].elementsEqual(rows[..<64]), "unit \(unit)")
    }
    let columns = second.weight.array().map(\.bitPattern)
    for place in columns.indices {
      #expect(columns[place] == columns[place / width * width], "weight \(place) of fc2")
    }
  }
}
