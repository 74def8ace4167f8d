import Autograd
import Testing
import Trace
import Training

/// The measures that conditions of units compare: `dead`, `saturated` and `vanishing`.
struct UnitMeasureTests {
  private func tensor(_ values: [Float], _ shape: Shape) throws -> Tensor {
    try Tensor(values, shape: shape, requiresGrad: true)
  }

  @Test func aUnitIsDeadThatIsZeroForTheWholeBatch() throws {
    let columns = try tensor([0, 1, 0, 0, 0, 2, 1e-6, -3], [2, 4])
    #expect(TensorMeasure.value(.dead, of: columns) == 0.25 * 2)
    // Of an image a unit is a channel.
    let channels = try tensor([0, 0, 0, 0, 1, 0, 0, 0], [1, 2, 2, 2])
    #expect(TensorMeasure.value(.dead, of: channels) == 0.5)
    #expect(TensorMeasure.value(.dead, of: try tensor([], [0, 4])).isNaN)
  }

  @Test func aUnitIsSaturatedThatIsAtAnEndForMoreThanHalfOfTheBatch() throws {
    let input = try tensor([20, 1, -20, 20, 0, 0], [3, 2])
    #expect(TensorMeasure.value(.saturated, of: try input.tanh()) == 0.5)
    let sigmoid = try tensor([-24, -22, 30, 3], [2, 2]).sigmoid()
    #expect(TensorMeasure.value(.saturated, of: sigmoid) == 0.5)
    // What does not saturate has no such share.
    #expect(TensorMeasure.value(.saturated, of: try input.relu()).isNaN)
    #expect(TensorMeasure.value(.saturated, of: input).isNaN)
  }

  @Test(arguments: [[3, 5], [2, 3, 4], [2, 3, 4, 5], [70, 33]] as [Shape])
  func unitsAreCountedAsOneByOne(shape: Shape) throws {
    let values = (0..<shape.elementCount).map { place -> Float in
      [0, 1e-5, 9.9e-6, -1e-5, -0.0, .nan, .infinity, 2][place * 7 % 8]
    }
    let active = values.map { !($0.magnitude < 1e-5) }
    let sizes = Array(shape)
    let axis = sizes.count >= 4 ? 1 : sizes.count - 1
    let (units, inner) = (sizes[axis], sizes[(axis + 1)...].reduce(1, *))
    let dead = (0..<units).count { unit in
      !values.indices.contains { $0 / inner % units == unit && active[$0] }
    }
    let tensor = try tensor(values, shape)
    #expect(TensorMeasure.value(.dead, of: tensor) == Double(dead) / Double(units))
  }

  @Test func aGradientVanishesWhoseMeanMagnitudeIsBelowTheBound() throws {
    #expect(TensorMeasure.value(.vanishing, of: try tensor([1e-8, -1e-8], [2])) == 1)
    #expect(TensorMeasure.value(.vanishing, of: try tensor([1e-8, -1e-6], [2])) == 0)
  }
}
