"""The posterior Cramer-Rao bound: no filter, however clever, is nearer to the truth on the mean.

For a target that moves as x[k+1] = F x[k] + w, w ~ N(0, Q), and is measured as z[k] = h(x[k]) + v, v ~ N(0, R), the
information about x[k+1] that all measurements up to then can hold follows (P. Tichavsky, C. H. Muravchik, A. Nehorai:
Posterior Cramer-Rao bounds for discrete-time nonlinear filtering, IEEE Trans. Signal Processing 46(5), 1998, equation 21)

    J[k+1] = D22 - D21 (J[k] + D11)^-1 D12
           = (Q + F J[k]^-1 F')^-1 + E[ H' R^-1 H ]          H the gradient of h at x[k+1], E over the target's paths

where the second line is the first for linear motion, by the matrix inversion lemma, and holds for a singular Q too. The bound
of the mean squared error is J^-1. A detection probability below one multiplies a sensor's information: what remains is a
bound still, if not the tightest (M. Hernandez, B. Ristic, A. Farina, L. Timmoneri: A comparison of two Cramer-Rao bounds for
nonlinear filtering with Pd < 1, IEEE Trans. Signal Processing 52(9), 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.watch.frames import Floats

POSITION = 3
"""The first three numbers of a state are its position."""


@dataclass(frozen=True)
class Polar:
    """Errors of a sensor that measures range [m], azimuth and elevation [rad], one sigma; infinite where it measures none."""

    range: float = np.inf
    azimuth: float = np.inf
    elevation: float = np.inf
    detects: float = 1.0
    """Detection probability [1]."""


def posterior_bound(first: Floats, transition: Floats, noise: Floats, information: Floats) -> Floats:
    """Return the bound's covariance [step, d, d] after each step's measurements.

    Args: first [d, d], covariance before the first measurement; transition F and noise Q [d, d] from one step to the next;
    information [step, d, d], E[H' R^-1 H] of the measurements of each step.
    """
    covariance = np.empty_like(information)
    before = first
    for step, learned in enumerate(information):
        covariance[step] = np.linalg.inv(np.linalg.inv(before) + learned)
        before = noise + transition @ covariance[step] @ transition.T
    return covariance


def polar_information(apart: Floats, errors: Polar) -> Floats:
    """Return what a polar measurement tells on the mean about the position, E[H' R^-1 H], [axis, axis] in 1/m2.

    With r the distance, rho its part over ground, and u, a, e the unit vectors along range, azimuth and elevation:
    H' R^-1 H = u u' / s_r^2 + a a' / (rho s_a)^2 + e e' / (r s_e)^2.

    Args: apart [run, axis], target less sensor in the sensor's own east, north, up [m].
    """
    distance = np.linalg.norm(apart, axis=1)[:, None]
    ground = np.linalg.norm(apart[:, :2], axis=1)[:, None]
    outward = apart / distance
    across = np.column_stack([apart[:, 1], -apart[:, 0], np.zeros(len(apart))]) / ground
    upward = np.cross(across, outward)
    parts = ((outward, 1 / errors.range), (across, 1 / (ground * errors.azimuth)), (upward, 1 / (distance * errors.elevation)))
    total = sum((np.einsum("ni,nj->nij", each * scale, each * scale) for each, scale in parts), np.zeros((len(apart), 3, 3)))
    return errors.detects * np.asarray(total.mean(axis=0), np.float64)


def of_position(information: Floats, dimension: int) -> Floats:
    """Return information about the position [axis, axis] as information about a whole state [d, d] whose rest is unmeasured."""
    whole = np.zeros((dimension, dimension))
    whole[:POSITION, :POSITION] = information
    return whole


def position_error(covariance: Floats) -> Floats:
    """Return the least root mean squared error of position [step] in m that covariances [step, d, d] allow."""
    return np.asarray(np.sqrt(np.trace(covariance[:, :POSITION, :POSITION], axis1=1, axis2=2)), np.float64)
