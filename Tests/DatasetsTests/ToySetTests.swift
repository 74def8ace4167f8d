import Autograd
import Datasets
import Foundation
import Testing

@Suite struct ToySetTests {
  /// The points of a set, with their classes.
  func points(_ set: ToySet, count: Int = 400, noise: Double? = 0, classes: Int = 2) throws -> [(
    x: Float, y: Float, label: Int
  )] {
    let batch = try set.points(count: count, noise: noise, classCount: classes, seed: 7)
      .batch(at: Array(0..<count))
    #expect(batch.inputs.shape == [count, 2])
    let inputs: [Float] = batch.inputs.array()
    return batch.targets.integers().enumerated().map { (inputs[2 * $0], inputs[2 * $0 + 1], $1) }
  }

  @Test(arguments: ToySet.allCases) func pointsAreAFunctionOfTheSeed(set: ToySet) throws {
    #expect(try set.points(count: 50, seed: 1) == set.points(count: 50, seed: 1))
    #expect(try set.points(count: 50, seed: 1) != set.points(count: 50, seed: 2))
  }

  @Test(arguments: ToySet.allCases) func theFirstPointsDoNotDependOnTheCount(set: ToySet) throws {
    let few = try set.points(count: 10, seed: 1)
    let many = try set.points(count: 50, seed: 1)
    #expect(Array(many.features.prefix(20)) == few.features)
  }

  @Test(arguments: ToySet.allCases) func classesAreOfOneSize(set: ToySet) throws {
    let labels = try points(set).map(\.label)
    #expect(labels.filter { $0 == 0 }.count == 200)
    #expect(labels.filter { $0 == 1 }.count == 200)
  }

  @Test func inXorTheClassSaysWhetherTheSignsDiffer() throws {
    let points = try points(.xor)
    #expect(points.allSatisfy { ($0.x * $0.y < 0) == ($0.label == 1) })
    #expect(Set(points.map(\.x)) == [-1, 1])
  }

  @Test func circlesHaveRadius1AndHalfOfIt() throws {
    for point in try points(.circles) {
      let radius = (point.x * point.x + point.y * point.y).squareRoot()
      #expect(abs(radius - (point.label == 0 ? 1 : 0.5)) < 1e-6)
    }
  }

  @Test func moonsAreHalvesOfUnitCircles() throws {
    for point in try points(.moons) {
      let (x, y) = point.label == 0 ? (point.x, point.y) : (1 - point.x, 0.5 - point.y)
      #expect(abs((x * x + y * y).squareRoot() - 1) < 1e-6)
      #expect(y >= -1e-6)
    }
  }

  @Test func theArmsOfASpiralAreOneArmTurned() throws {
    let arms = try points(.spiral, count: 600, classes: 3)
    #expect(Set(arms.map(\.label)) == [0, 1, 2])
    for point in arms {
      let radius = (point.x * point.x + point.y * point.y).squareRoot()
      let angle = 2 * Float.pi * Float(point.label) / 3 + 1.5 * Float.pi * radius
      #expect(radius <= 1 + 1e-6)
      #expect(abs(point.x - radius * cos(angle)) < 1e-5)
      #expect(abs(point.y - radius * sin(angle)) < 1e-5)
    }
  }

  @Test func noiseHasTheDeviationAskedFor() throws {
    let points = try points(.xor, count: 4000, noise: 0.25)
    let errors = points.map { point in point.x - (point.x < 0 ? -1 : 1) }
    let variance = errors.reduce(0) { $0 + $1 * $1 } / Float(errors.count)
    #expect(abs(variance.squareRoot() - 0.25) < 0.02)
  }

  @Test func settingsThatCannotWorkAreRefused() {
    #expect(throws: DatasetError.invalidArgument(name: "noise", expected: "a number from 0 up", got: "-1.0"))
    {
      try ToySet.xor.points(count: 10, noise: -1, seed: 0)
    }
    #expect(throws: DatasetError.invalidArgument(name: "classCount", expected: "2", got: "3")) {
      try ToySet.moons.points(count: 10, classCount: 3, seed: 0)
    }
    #expect(throws: DatasetError.invalidArgument(name: "classCount", expected: "at least 2", got: "1")) {
      try ToySet.spiral.points(count: 10, classCount: 1, seed: 0)
    }
    #expect(throws: DatasetError.invalidArgument(name: "count", expected: "at least 2", got: "1")) {
      try ToySet.circles.points(count: 1, seed: 0)
    }
    #expect(throws: DatasetError.self) { try ToySet.xor.points(count: 10, noise: .nan, seed: 0) }
  }
}
